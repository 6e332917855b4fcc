import DynamoDB
import DynamoDBEngine
import Testing

@testable import DynamoDBService

@Suite struct ContentCodingTests {
    private func decompress(
        _ bytes: some Sequence<UInt8>, _ coding: ContentCoding = .gzip, limit: Int = 1 << 20
    ) throws -> [UInt8] {
        try Array(bytes).withUnsafeBytes { try coding.decompress($0, limit: limit) }
    }

    @Test(arguments: ContentCoding.allCases, [0, 1, 1000, 200_000])
    func whatIsCompressedComesBack(coding: ContentCoding, count: Int) throws {
        let text = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* $0 >> 3) }
        #expect(try decompress(coding.compress(text), coding) == text)
    }

    @Test(arguments: ContentCoding.allCases)
    func damageAndExcessAreFound(coding: ContentCoding) throws {
        let text = [UInt8](repeating: 7, count: 100_000)
        let compressed = coding.compress(text)
        #expect(throws: ContentCoding.Fault.tooLarge) { try decompress(compressed, coding, limit: 99_999) }
        #expect(throws: ContentCoding.Fault.damaged) { try decompress(compressed.dropLast(), coding) }
        #expect(throws: ContentCoding.Fault.damaged) { try decompress([1, 2, 3], coding) }
        #expect(throws: ContentCoding.Fault.damaged) { try decompress([], coding) }
        // AWS passes over what follows.
        #expect(try decompress(compressed + Array("junk".utf8), coding) == text)
    }

    @Test func textsOfGzipMayFollowEachOther() throws {
        let parts = [[1, 2], [], [3]] as [[UInt8]]
        let joined = parts.flatMap { ContentCoding.gzip.compress($0) }
        #expect(try decompress(joined) == [1, 2, 3])
        #expect(throws: ContentCoding.Fault.damaged) { try decompress(joined.dropLast()) }
        #expect(throws: ContentCoding.Fault.tooLarge) { try decompress(joined, limit: 2) }
    }

    @Test func appliedCodingsAreRead() throws {
        #expect(try ContentCoding.applied("") == [])
        #expect(try ContentCoding.applied("identity") == [])
        #expect(try ContentCoding.applied("GZIP") == [.gzip])
        #expect(try ContentCoding.applied(" deflate ,, gzip") == [.deflate, .gzip])
        for odd in ["garbage", "gzip, br", "gzip,gzip,gzip,gzip,gzip", "x-gzip", "gzip;q=1"] {
            #expect(throws: ContentCoding.Fault.unknown) { try ContentCoding.applied(odd) }
        }
    }

    /// The values and what AWS makes of them: `test_accept_encoding_header` of scylladb/scylladb, which runs on AWS too.
    @Test(
        arguments: [
            ("identity", nil), ("", nil), ("br", nil), ("zstd", nil), ("compress", nil), ("x-gzip", nil),
            ("gzip, deflate", .gzip), ("br, identity, deflate, gzip", .deflate), ("GZIP, identity", .gzip),
            ("dog, gzip ,, cat", .gzip), ("gzip;q=0.8, deflate;q=0.5", .gzip),
            ("br, gzip;q=0, deflate; q = 0.5 , identity;q=0", .deflate),
            ("*", .gzip), ("*, deflate;q=0.5", .gzip), ("*, deflate", .deflate), ("*, identity", .gzip),
            ("*, gzip;q=0.5", .deflate), ("gzip ;q=0", nil), ("identity;q=0", nil), ("*;q=0", nil),
            ("*;q=0.5,identity", .gzip), ("gzip;q=0.5,identity;q=0.8", .gzip), ("br;q=0.8,identity;q=0.5,*;q=0", nil),
            ("\"gzip\"", nil), ("gzip br", nil), ("gzip:q=1", nil),
            ("deflate;q=0.5, gzip;q=31", .gzip), ("gzip;q=31,deflate;q=51", .gzip),
            ("deflate;q=0.5, gzip;q=0.2", .deflate), ("deflate;q=0.5, gzip;q=1;q=0.2", .gzip),
            ("deflate;q=0.5,gzip;q=0.", .deflate), ("deflate;q=0.5,gzip;q=0.x", .gzip),
            ("deflate;q=0.5,gzip;q=0. x", .gzip), ("deflate;q=-0.5,gzip;q=0.2", .gzip), ("gzip;q= 0;q=1", nil),
            ("gzip;q =0;q=1", .gzip), ("gzip; q=0;q=1", nil), ("gzip;nq=0;q=1", nil),
            ("gzip;q=0, gzip;q=1, gzip;q=0", .gzip), ("br,identity;q=0.5,gzip;q=0.0001", .gzip),
        ] as [(String, ContentCoding?)])
    func acceptedCodingsAreWeighed(header: String, coding: ContentCoding?) {
        #expect(ContentCoding.accepted(header) == coding)
    }

    private static func answer(_ server: TestServer, _ body: [UInt8], _ encodings: [String]) throws -> String {
        let connection = try RawConnection(port: server.port)
        connection.send(
            "POST / HTTP/1.1\r\nHost: localhost\r\nAuthorization: a\r\nX-Amz-Target: DynamoDB_20120810.ListTables\r\n"
                + encodings.map { "Content-Encoding: \($0)\r\n" }.joined()
                + "Content-Length: \(body.count)\r\nConnection: close\r\n\r\n")
        connection.send(body)
        return String(decoding: try connection.receiveAll(), as: UTF8.self)
    }

    @Test func requestsMayBeCompressed() async throws {
        try await TestServer.run { server in
            let plain = Array(#"{"Limit": 3}"#.utf8)
            for (body, encodings) in [
                (plain, ["identity"]), (ContentCoding.gzip.compress(plain), ["gzip"]),
                (ContentCoding.deflate.compress(plain), ["Deflate"]),
                (ContentCoding.gzip.compress(ContentCoding.deflate.compress(plain)), ["deflate, gzip"]),
                (ContentCoding.gzip.compress(ContentCoding.deflate.compress(plain)), ["deflate", "gzip"]),
            ] {
                #expect(try Self.answer(server, body, encodings).contains(#"{"TableNames":[]}"#), "\(encodings)")
            }
            // AWS's answer to what it cannot decode.
            for (body, encodings) in [
                (plain, ["gzip"]), (plain, ["deflate"]), (plain, ["garbage"]), ([], ["gzip"]),
                (ContentCoding.gzip.compress(ContentCoding.deflate.compress(plain)), ["gzip, deflate"]),
            ] as [([UInt8], [String])] {
                let refused = try Self.answer(server, body, encodings)
                #expect(refused.hasPrefix("HTTP/1.1 500 ") && refused.contains("#InternalServerError"), "\(encodings)")
            }
            // 17 MB of blanks in 17 KB.
            let bomb = try Self.answer(
                server, ContentCoding.gzip.compress([UInt8](repeating: 0x20, count: 17 << 20)), ["gzip"])
            #expect(bomb.hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test func largeResponsesAreCompressedWhereAsked() async throws {
        try await TestServer.run { server in
            for number in 0..<40 {
                let name = "a-table-with-a-long-name-\(String(repeating: "x", count: 80))-\(number)"
                _ = try await server.engine.createTable(
                    CreateTableInput(
                        tableName: name,
                        attributeDefinitions: [AttributeDefinition(attributeName: "id", attributeType: .string)],
                        keySchema: [KeySchemaElement(attributeName: "id", keyType: .hash)],
                        billingMode: .payPerRequest))
            }
            func answer(_ headers: String, _ body: String = "{}") throws -> (head: String, body: [UInt8]) {
                let connection = try RawConnection(port: server.port)
                connection.send(rawRequest("ListTables", body, "Connection: close\r\n\(headers)"))
                let bytes = try connection.receiveAll()
                let end = try #require(bytes.firstRange(of: Array("\r\n\r\n".utf8)))
                return (String(decoding: bytes[..<end.upperBound], as: UTF8.self), Array(bytes[end.upperBound...]))
            }
            let plain = try answer("Accept-Encoding: identity\r\n")
            #expect(!plain.head.contains("content-encoding"))
            for coding in ContentCoding.allCases {
                let compressed = try answer("Accept-Encoding: br, \(coding.rawValue)\r\n")
                #expect(compressed.head.contains("content-encoding: \(coding.rawValue)\r\n"))
                #expect(compressed.body.count < plain.body.count / 2)
                #expect(try decompress(compressed.body, coding) == plain.body)
                // The checksum is that of the bytes on the wire, as AWS's is.
                let checksum = compressed.body.withUnsafeBytes(CRC32.checksum)
                #expect(compressed.head.contains("x-amz-crc32: \(checksum)\r\n"))
            }
            let small = try answer("Accept-Encoding: gzip\r\n", #"{"Limit":3}"#)
            #expect(!small.head.contains("content-encoding"))
        }
    }
}
