internal import DynamoDB
internal import NIOCore
internal import NIOHTTP1

extension HTTPResponse {
    /// What the connection does after a response.
    enum Persistence {
        /// It stays open, as is usual.
        case usual
        /// It stays open, which an older client is told.
        case announced
        case closes
    }

    /// The response as it goes over the wire, head and body in one.
    func encoded(
        _ persistence: Persistence, ids: inout RequestIDs, date: String, allocator: ByteBufferAllocator
    ) -> ByteBuffer {
        var buffer = allocator.buffer(capacity: 384 + headers.utf8.count + body.count)
        if status == .ok {
            buffer.writeStaticString("HTTP/1.1 200 OK\r\n")
        } else {
            buffer.writeString("HTTP/1.1 \(status.code) \(status.reasonPhrase)\r\n")
        }
        buffer.writeStaticString("server: Server\r\ndate: ")
        buffer.writeString(date)
        buffer.writeStaticString("\r\ncontent-type: ")
        buffer.writeStaticString(contentType)
        buffer.writeStaticString("\r\nx-amzn-requestid: ")
        ids.write(to: &buffer)
        buffer.writeStaticString("\r\nx-amz-crc32: ")
        buffer.writeString(String(body.withUnsafeBytes(CRC32.checksum)))
        buffer.writeStaticString("\r\ncontent-length: ")
        buffer.writeString(String(body.count))
        switch persistence {
        case .usual: buffer.writeStaticString("\r\n")
        case .announced: buffer.writeStaticString("\r\nconnection: keep-alive\r\n")
        case .closes: buffer.writeStaticString("\r\nconnection: close\r\n")
        }
        buffer.writeString(headers)
        buffer.writeStaticString("\r\n")
        buffer.writeBytes(body)
        return buffer
    }
}
