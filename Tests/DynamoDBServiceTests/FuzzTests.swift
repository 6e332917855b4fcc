import Foundation
import Testing

@testable import DynamoDBService

/// Generated and mutated requests. Whatever comes, the server answers or closes, and lives on.
///
/// That its memory stays bounded is tested on a process of its own: `Tests/clients/test_http.py`.
@Suite struct FuzzTests {
    @Test(arguments: [1, 2, 3, 4])
    func anythingMayCome(seed: UInt64) async throws {
        try await TestServer.run { server in
            var generator = SeededGenerator(state: seed)
            for round in 0..<150 {
                let connection = try RawConnection(port: server.port)
                var bytes: [UInt8] = []
                for _ in 0...Int.random(in: 0..<3, using: &generator) { bytes += request(&generator) }
                if Bool.random(using: &generator) { mutate(&bytes, &generator) }
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

    private func mutate(_ bytes: inout [UInt8], _ generator: inout SeededGenerator) {
        for _ in 0...Int.random(in: 0..<6, using: &generator) {
            guard !bytes.isEmpty else { return }
            let position = Int.random(in: 0..<bytes.count, using: &generator)
            switch Int.random(in: 0..<5, using: &generator) {
            case 0: bytes[position] = UInt8.random(in: .min ... .max, using: &generator)
            case 1: bytes.remove(at: position)
            case 2:
                bytes.insert(
                    contentsOf: ["\r\n", "\0", ":", " ", "99999999999999999999"].randomElement(using: &generator)!.utf8,
                    at: position)
            case 3: bytes.removeLast(bytes.count - position)
            default: bytes.insert(contentsOf: bytes[position...].prefix(200), at: position)
            }
        }
    }
}

/// SplitMix64: the same numbers for the same seed.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
