import Foundation
import Fuzzing
import Testing

@testable import DynamoDBService

/// Generated and mutated requests. Whatever comes, the server answers or closes, and lives on.
///
/// That its memory stays bounded is tested on a process of its own: `Tests/clients/test_http.py`.
@Suite struct ConnectionFuzzTests {
    private static let parts = ["\r\n", "\0", ":", " ", "99999999999999999999"]

    @Test(arguments: [1, 2, 3, 4])
    func anythingMayCome(seed: UInt64) async throws {
        try await TestServer.run { server in
            var generator = SeededGenerator(seed: seed)
            for round in 0..<150 {
                let connection = try RawConnection(port: server.port)
                var bytes: [UInt8] = []
                for _ in 0...Int.random(in: 0..<3, using: &generator) { bytes += request(&generator) }
                if generator.oneIn(2) { bytes = generator.mutated(bytes, inserting: Self.parts) }
                // In pieces, as a network may deliver it.
                let cut = Int.random(in: 0...bytes.count, using: &generator)
                connection.send(bytes[..<cut])
                connection.send(bytes[cut...])
                connection.endSending()
                let answer = try connection.receiveAll()
                #expect(
                    answer.isEmpty || answer.starts(with: "HTTP/1.1 ".utf8), "seed \(seed), round \(round)")
            }
            let healthy = try await server.send("ListTables", "{}")
            #expect(healthy.status == 200)
        }
    }

    private func request(_ generator: inout SeededGenerator) -> [UInt8] {
        let body = [
            "{}", "", "[[[[[[[[", "{\"TableName\":\"\\ud800\"}", #"{"TableName":"t","Key":{"a":{"S":"b"}}}"#,
            "{\"Limit\":1e999}", String(repeating: "{\"a\":", count: 5000), "\u{0}\u{1}",
        ].randomElement(using: &generator)!
        let operation = ["ListTables", "GetItem", "PutItem", "Query", "Nothing", ""].randomElement(using: &generator)!
        let headers = [
            "", "Content-Encoding: gzip\r\n", "Accept-Encoding: gzip\r\n", "Expect: 100-continue\r\n", "Origin: \r\n",
            "Connection: close\r\n", "Connection: upgrade\r\nUpgrade: websocket\r\n", "Content-Length: 3\r\n",
            "X-Amz-Date: 1\r\n", "Transfer-Encoding: chunked\r\n", "Transfer-Encoding: gzip, chunked\r\n",
        ].randomElement(using: &generator)!
        var text = rawRequest(operation, body, headers)
        let method = ["POST", "GET", "OPTIONS", "HEAD", "PUT", "CONNECT", "PRI"].randomElement(using: &generator)!
        if Int.random(in: 0..<4, using: &generator) == 0 { text = method + text.dropFirst(4) }
        return Array(text.utf8)
    }
}
