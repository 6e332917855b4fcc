import Crypto
import DynamoDB

/// A ClientRequestToken, and the digest of the request that it was given with.
struct RequestToken: Sendable {
    let text: String
    let digest: [UInt8]

    init(_ text: String, _ digest: RequestDigest) {
        self.text = text
        self.digest = digest.bytes
    }

    /// Whose lock lets requests with the token only one after the other.
    var lockKey: [UInt8] { Array(text.utf8) }
}

/// A digest of what a request asks for: the same for equal requests, in every process.
struct RequestDigest {
    private var hash = SHA256()

    /// 32 bytes.
    var bytes: [UInt8] { Array(hash.finalize()) }

    mutating func add(_ text: String?) {
        add(text.map { Array($0.utf8) })
    }

    mutating func add(_ members: [String: String]?) {
        add(members.map { Item($0.mapValues(AttributeValue.string)) })
    }

    mutating func add(_ members: [String: AttributeValue]?) {
        add(members.map { Item($0) })
    }

    mutating func add(_ item: Item?) {
        add(count: item?.count)
        for (name, value) in (item ?? [:]).sorted() {
            add(name)
            add(value)
        }
    }

    mutating func add(_ value: AttributeValue) {
        switch value {
        case .map(let members):
            add("M")
            add(members)
        case .list(let values):
            add("L")
            add(count: values.count)
            for value in values { add(value) }
        default:
            // All other values have one form in JSON; sets are sorted.
            add(value.jsonDocument)
        }
    }

    private mutating func add(_ bytes: [UInt8]?) {
        add(count: bytes?.count)
        if let bytes { hash.update(data: bytes) }
    }

    /// Counts tell where parts end, and what is absent from what is empty.
    private mutating func add(count: Int?) {
        var bytes: [UInt8] = []
        bytes.append(bigEndian: UInt32(truncatingIfNeeded: count ?? -1))
        hash.update(data: bytes)
    }
}

/// The tokens of the transactions of the last ten minutes, on disk.
///
/// Keys begin with the number of a period of ten minutes, so that old tokens are removed as one range, and a token is
/// found in the current period or the one before. A token is written in the batch of its transaction: after a crash
/// both are there or neither.
struct SpentTokens: Sendable {
    /// Microseconds for which a token is remembered.
    static let lifetime: UInt64 = 600_000_000

    let database: RocksDatabase
    /// Whose tokens they are; empty for those of the namespace that all share.
    var namespace = ""

    /// The bytes that each action of the transaction with the token charges when it is sent again; nil if none was made.
    /// Fewer than the actions if they were not kept.
    ///
    /// - Parameters:
    ///   - now: microseconds since 1970.
    ///   - tier: how far to look for it.
    /// - Throws: `IdempotentParameterMismatchException` if it was another one.
    func sizes(of token: RequestToken, at now: UInt64, _ tier: ReadTier = .disk) throws -> [Int]? {
        let period = SpentTokens.period(of: now)
        for period in [period, period.minus(1)] {
            guard let value = try database.value(in: .tokens, forKey: key(token, period), tier) else { continue }
            var input = ByteInput(value.bytes)
            let time = try input.take(8).loadUnaligned(as: UInt64.self).littleEndian
            guard time + SpentTokens.lifetime > now else { return nil }
            guard try input.take(token.digest.count).elementsEqual(token.digest) else {
                throw DynamoDBError(
                    code: .idempotentParameterMismatchException,
                    message: "DynamoDB rejected the request because you retried a request with a different payload "
                        + "but with an idempotent token that was already used.")
            }
            var sizes: [Int] = []
            while !input.isAtEnd { sizes.append(try input.varint()) }
            return sizes
        }
        return nil
    }

    /// Adds the token of a transaction to the transaction's own batch.
    func add(_ token: RequestToken, sizes: [Int], at now: UInt64, to batch: RocksBatch) {
        var value = withUnsafeBytes(of: now.littleEndian) { Array($0) } + token.digest
        for size in sizes { value.append(varint: size) }
        batch.put(key(token, SpentTokens.period(of: now)), value, in: .tokens)
    }

    /// Removes what no look-up finds any more. Not synced: it is no loss if it comes back.
    func removeExpired(at now: UInt64) throws {
        let range = KeyRange(from: SpentTokens.prefix(0), to: SpentTokens.prefix(SpentTokens.period(of: now).minus(1)))
        guard
            try RangeCursor(database, .tokens, in: range, forward: true, withinPrefix: false).isValid()
        else { return }
        let batch = RocksBatch(for: database)
        batch.deleteRange(range, in: .tokens)
        try database.write(batch, mode: .patient)
    }

    /// A time in microseconds since 1970 from which on a look-up finds the tokens that were spent last; nil if there are
    /// none.
    func latest() throws -> UInt64? {
        let all = KeyRange(from: SpentTokens.prefix(0), to: SpentTokens.prefix(.max))
        let cursor = RangeCursor(database, .tokens, in: all, forward: false, withinPrefix: false)
        guard try cursor.isValid() else { return nil }
        var input = ByteInput(cursor.key)
        return UInt64(UInt32(bigEndian: try input.take(4).loadUnaligned(as: UInt32.self))) * SpentTokens.lifetime
    }

    private static func period(of now: UInt64) -> UInt32 {
        UInt32(truncatingIfNeeded: now / lifetime)
    }

    private static func prefix(_ period: UInt32) -> [UInt8] {
        var key: [UInt8] = []
        key.append(bigEndian: period)
        return key
    }

    private func key(_ token: RequestToken, _ period: UInt32) -> [UInt8] {
        SpentTokens.prefix(period) + (namespace.isEmpty ? [] : [0] + Array(namespace.utf8) + [0])
            + Array(token.text.utf8)
    }
}
