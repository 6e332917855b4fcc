import DynamoDB
import Fuzzing
import Testing

@testable import DynamoDBEngine

/// Tokens of transactions against a clock of the test's.
@Suite struct SpentTokenTests {
    private let directory: TemporaryDirectory
    private let tokens: SpentTokens
    private let second: UInt64 = 1_000_000

    init() throws {
        directory = try TemporaryDirectory()
        tokens = SpentTokens(
            database: try RocksDatabase(directory: directory.path + "/data", options: StorageOptions()))
    }

    private func token(_ text: String, of request: Item = [:]) throws -> RequestToken {
        var digest = RequestDigest()
        digest.add(request)
        return RequestToken(text, digest)
    }

    private func spend(_ text: String, at now: UInt64) throws {
        let batch = RocksBatch(for: tokens.database)
        tokens.add(try token(text), sizes: [0, 7, 409_600], at: now, to: batch)
        try tokens.database.write(batch, mode: .patient)
    }

    /// Whenever in a period it was spent, a token is known for ten minutes and not longer.
    @Test(arguments: [0, 1, 299, 300, 599] as [UInt64])
    func tokensLiveForTenMinutes(offset: UInt64) throws {
        let start = (1_800_000_000 + offset) * second
        #expect(try tokens.sizes(of: try token("t"), at: start) == nil)
        try spend("t", at: start)
        for later in [0, 1, 300, 599] {
            #expect(try tokens.sizes(of: try token("t"), at: start + UInt64(later) * second) == [0, 7, 409_600])
        }
        #expect(throws: DynamoDBError.self) { try tokens.sizes(of: try token("t", of: ["a": .null]), at: start) }
        #expect(try tokens.sizes(of: try token("t"), at: start + 600 * second) == nil)
        #expect(try tokens.sizes(of: try token("other"), at: start) == nil)
    }

    @Test func expiredTokensAreRemoved() throws {
        let start: UInt64 = 1_800_000_000 * second
        for number in 0..<10 { try spend("t\(number)", at: start + UInt64(number) * 120 * second) }
        try tokens.removeExpired(at: start + 599 * second)
        #expect(try remaining() == 10)
        // Those of the first ten minutes cannot be found any more; those of the second can.
        try tokens.removeExpired(at: start + 1200 * second)
        #expect(try remaining() == 5)
        try tokens.removeExpired(at: start + 3600 * second)
        #expect(try remaining() == 0)
    }

    private func remaining() throws -> Int {
        let all = KeyRange(from: [0], to: [0xFF])
        let cursor = RangeCursor(tokens.database, .tokens, in: all, forward: true, withinPrefix: false)
        var count = 0
        while try cursor.isValid() {
            count += 1
            cursor.advance()
        }
        return count
    }

    /// Equal requests have equal digests, whatever order their parts happen to be in; others differ.
    @Test func digestsTellRequestsApart() throws {
        var random = SeededGenerator(seed: 5)
        func digest(_ item: Item?) -> [UInt8] {
            var digest = RequestDigest()
            digest.add(item)
            return digest.bytes
        }
        for _ in 0..<500 {
            let item = random.item()
            var copy: Item = [:]
            for (name, value) in item.shuffled(using: &random) { copy[name] = value }
            #expect(digest(item) == digest(copy))
            copy["more"] = .null
            #expect(digest(item) != digest(copy))
        }
        #expect(digest(nil) != digest([:]))
        #expect(digest(["a": .list([.string("b"), .string("c")])]) != digest(["a": .list([.string("bc")])]))
    }
}
