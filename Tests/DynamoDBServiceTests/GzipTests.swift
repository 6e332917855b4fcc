import DynamoDB
import DynamoDBEngine
import Testing

@testable import DynamoDBService

@Suite struct GzipTests {
    private func decompress(_ bytes: [UInt8], limit: Int = 1 << 20) throws -> [UInt8] {
        try bytes.withUnsafeBytes { try Gzip.decompress($0, limit: limit) }
    }

    @Test(arguments: [0, 1, 1000, 200_000])
    func whatIsCompressedComesBack(count: Int) throws {
        let text = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
        #expect(try decompress(Gzip.compress(text)) == text)
    }

    @Test func damageAndExcessAreFound() throws {
        let compressed = Gzip.compress([UInt8](repeating: 7, count: 100_000))
        #expect(throws: Gzip.Fault.tooLarge) { try decompress(compressed, limit: 99_999) }
        #expect(throws: Gzip.Fault.damaged) { try decompress(compressed.dropLast()) }
        #expect(throws: Gzip.Fault.damaged) { try decompress(compressed + [0]) }
        #expect(throws: Gzip.Fault.damaged) { try decompress([1, 2, 3]) }
        #expect(throws: Gzip.Fault.damaged) { try decompress([]) }
    }

    @Test func requestsMayBeCompressed() async throws {
        try await TestServer.run { server in
            func answer(_ body: [UInt8]) throws -> String {
                let connection = try RawConnection(port: server.port)
                connection.send(
                    "POST / HTTP/1.1\r\nHost: a\r\nAuthorization: a\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\n"
                        + "Content-Encoding: gzip\r\nContent-Length: \(body.count)\r\nConnection: close\r\n\r\n")
                connection.send(body)
                return String(decoding: try connection.receiveAll(), as: UTF8.self)
            }
            let fine = try answer(Gzip.compress(Array(#"{"Limit": 3}"#.utf8)))
            #expect(fine.contains(#"{"TableNames":[]}"#))
            let damaged = try answer(Array("{}".utf8))
            #expect(damaged.contains("SerializationException"))
            // 17 MB of blanks in 17 KB.
            let bomb = try answer(Gzip.compress([UInt8](repeating: 0x20, count: 17 << 20)))
            #expect(bomb.hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test func largeResponsesAreCompressedWhereAsked() async throws {
        try await TestServer.run { server in
            for number in 0..<40 {
                _ = try await server.engine.createTable(
                    CreateTableInput(
                        tableName: "a-table-with-a-long-name-\(number)",
                        attributeDefinitions: [AttributeDefinition(attributeName: "id", attributeType: .string)],
                        keySchema: [KeySchemaElement(attributeName: "id", keyType: .hash)],
                        billingMode: .payPerRequest))
            }
            func answer(_ headers: String) throws -> (head: String, body: [UInt8]) {
                let connection = try RawConnection(port: server.port)
                connection.send(rawRequest("ListTables", "{}", "Connection: close\r\n\(headers)"))
                let bytes = try connection.receiveAll()
                let end = try #require(bytes.firstRange(of: Array("\r\n\r\n".utf8)))
                return (String(decoding: bytes[..<end.upperBound], as: UTF8.self), Array(bytes[end.upperBound...]))
            }
            let plain = try answer("Accept-Encoding: identity\r\n")
            #expect(!plain.head.contains("content-encoding"))
            let compressed = try answer("Accept-Encoding: deflate, gzip\r\n")
            #expect(compressed.head.contains("content-encoding: gzip\r\n"))
            #expect(compressed.body.count < plain.body.count / 2)
            #expect(try decompress(compressed.body) == plain.body)
            // The checksum is that of the bytes on the wire, as AWS's is.
            let checksum = compressed.body.withUnsafeBytes(CRC32.checksum)
            #expect(compressed.head.contains("x-amz-crc32: \(checksum)\r\n"))
        }
    }
}
