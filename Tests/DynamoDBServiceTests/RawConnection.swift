import Glibc
import Testing

/// A client without manners: sends bytes as they are.
final class RawConnection {
    private let descriptor: Int32

    /// - Parameters:
    ///   - port: on 127.0.0.1.
    ///   - receiveBuffer: bytes that the system receives before they are asked for; nil for the usual.
    init(port: Int, receiveBuffer: Int32? = nil) throws {
        descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        if var receiveBuffer {
            setsockopt(descriptor, SOL_SOCKET, SO_RCVBUF, &receiveBuffer, socklen_t(MemoryLayout<Int32>.size))
        }
        // No answer for so long is a server that hangs.
        var patience = timeval(tv_sec: 20, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = inet_addr("127.0.0.1")
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        try #require(result == 0, "connect: \(String(cString: strerror(errno)))")
    }

    deinit { close(descriptor) }

    /// Sends bytes; the server may have closed the connection.
    func send(_ bytes: some Collection<UInt8>) {
        var rest = Array(bytes)[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            if count <= 0 { return }
            rest = rest.dropFirst(count)
        }
    }

    func send(_ text: String) { send(text.utf8) }

    /// Tells the server that no more comes.
    func endSending() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// What the server sends until `marker` has come `count` times.
    func receive(until marker: String, count: Int = 1) throws -> String {
        var received: [UInt8] = []
        while String(decoding: received, as: UTF8.self).occurrences(of: marker) < count {
            guard let more = try receiveSome() else { break }
            received += more
        }
        return String(decoding: received, as: UTF8.self)
    }

    /// What the server sends until it closes the connection.
    func receiveAll() throws -> [UInt8] {
        var received: [UInt8] = []
        while let more = try receiveSome() { received += more }
        return received
    }

    private func receiveSome() throws -> [UInt8]? {
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(descriptor, &buffer, buffer.count, 0)
        if count < 0, errno == ECONNRESET { return nil }
        try #require(count >= 0, "The server neither answers nor closes: \(String(cString: strerror(errno)))")
        return count == 0 ? nil : Array(buffer[..<count])
    }
}

extension String {
    /// How often a text occurs.
    func occurrences(of text: String) -> Int {
        var count = 0
        var rest = utf8[...]
        while let start = rest.firstRange(of: Array(text.utf8)) {
            count += 1
            rest = rest[start.upperBound...]
        }
        return count
    }
}

/// A request as an SDK would send it.
func rawRequest(
    _ operation: String, _ body: String, _ headers: String = "", version: String = "1.1"
) -> String {
    "POST / HTTP/\(version)\r\nHost: localhost\r\nAuthorization: AWS4-HMAC-SHA256 Credential=any\r\n"
        + "X-Amz-Target: DynamoDB_20120810.\(operation)\r\n\(headers)"
        + (headers.contains("Transfer-Encoding") ? "\r\n" : "Content-Length: \(body.utf8.count)\r\n\r\n") + body
}
