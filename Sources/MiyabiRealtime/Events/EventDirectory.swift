import DynamoDB
import Synchronization

/// The list of partitions that hold events, in the same table, so that a read by type visits no empty minute.
///
/// Two levels, both written before the first event of their partition (docs/decisions/0003-event-type-reads.md):
/// ```
/// PK  EVENTINDEX#webhook               SK  2025-11-29     a day with events
/// PK  EVENTINDEX#webhook#2025-11-29    SK  10:30#3        a minute and shard with events
/// ```
/// An entry may stand for a partition without events (the writer died in between), never the other way round.
/// Entries expire no earlier than the events that they lead to.
final class EventDirectory: Sendable {
    private enum Entry: Hashable {
        case day(EventType, CivilDay)
        case bucket(EventBucket)
    }

    private let dynamoDB: any DynamoDBAPI
    private let table: String
    private let concurrency: Int
    /// Entries that this process knows to be durable, with the expiry (in seconds) that they have at least.
    private let known = Mutex<[Entry: Int64]>([:])
    /// What may be remembered: about 20 MB. Beyond, everything is forgotten, which costs only repeated writes.
    private static let capacity = 200_000

    init(dynamoDB: any DynamoDBAPI, table: String, concurrency: Int) {
        self.dynamoDB = dynamoDB
        self.table = table
        self.concurrency = concurrency
    }

    /// Makes sure, durably, that the directory leads to some partitions for as long as events there live.
    ///
    /// - Parameters:
    ///   - buckets: The partitions about to be written.
    ///   - expiry: When the last of their events expires.
    func ensure(_ buckets: Set<EventBucket>, holding expiry: Timestamp) async throws {
        // Whole days, and one to spare: one write a day and partition serves, and a writer whose put is delayed over
        // midnight shortens no other's entry below what its events need. Retention is the same for all writers.
        let horizon = (CivilDay(expiry).number + 2) * 86_400
        var entries = Set(buckets.map { Entry.bucket($0) })
        entries.formUnion(buckets.map { Entry.day($0.type, $0.minute.day) })
        let missing = known.withLock { known in entries.filter { known[$0, default: .min] < horizon } }
        guard !missing.isEmpty else { return }
        try await dynamoDB.batchPut(
            missing.map { EventDirectory.item(for: $0, expiringAt: Timestamp(seconds: horizon)) }, to: table,
            keyAttributes: MiyabiTables.keyAttributes, options: BatchOptions(concurrency: concurrency))
        known.withLock { known in
            if known.count + missing.count > EventDirectory.capacity { known.removeAll() }
            for entry in missing { known[entry] = max(horizon, known[entry, default: .min]) }
        }
    }

    /// The days of a period on which there are events of a type, in order.
    func days(of type: EventType, in range: ClosedRange<CivilDay>, consistent: Bool) async throws -> [CivilDay] {
        let query = QueryInput(
            tableName: table, consistentRead: consistent,
            keyConditionExpression: "PK = :key AND SK BETWEEN :first AND :last",
            expressionAttributeValues: [
                ":key": .string(EventDirectory.partitionKey(type)),
                ":first": .string(range.lowerBound.description), ":last": .string(range.upperBound.description),
            ])
        return try await items(query).compactMap { item in
            item["SK"]?.string.flatMap { Timestamp(iso8601: $0) }.map { CivilDay($0) }
        }
    }

    /// The partitions of a day, by minute and shard.
    func buckets(of type: EventType, on day: CivilDay, consistent: Bool) async throws -> [EventBucket] {
        let query = QueryInput(
            tableName: table, consistentRead: consistent,
            keyConditionExpression: "PK = :key",
            expressionAttributeValues: [":key": .string(EventDirectory.partitionKey(type, day))])
        return try await items(query).compactMap { item in
            let parts = (item["SK"]?.string ?? "").split(separator: "#")
            guard parts.count == 2, let minute = CivilMinute(day: day, timeOfDay: parts[0]), let shard = Int(parts[1])
            else { return nil }
            return EventBucket(type: type, minute: minute, shard: shard)
        }
    }

    /// The partitions that exist of some minutes, read consistently.
    func buckets(in minutes: Set<Minute>) async throws -> [EventBucket] {
        var found: [EventBucket] = []
        for (type, minutes) in Dictionary(grouping: minutes, by: \.type) {
            let wantedMinutes = Set(minutes.map(\.minute))
            let wantedDays = Set(wantedMinutes.map(\.day))
            guard let first = wantedDays.min(), let last = wantedDays.max() else { continue }
            let days = try await days(of: type, in: first...last, consistent: true).filter(wantedDays.contains)
            let buckets = try await concurrently(days, atMost: concurrency) { [self] day in
                try await self.buckets(of: type, on: day, consistent: true)
            }
            found += buckets.joined().filter { wantedMinutes.contains($0.minute) }
        }
        return found
    }

    private func items(_ query: QueryInput) async throws -> [Item] {
        var items: [Item] = []
        for try await page in dynamoDB.queryPages(query) { items += page.items ?? [] }
        return items
    }

    private static func partitionKey(_ type: EventType, _ day: CivilDay? = nil) -> String {
        "EVENTINDEX#\(type.rawValue)" + (day.map { "#\($0)" } ?? "")
    }

    private static func item(for entry: Entry, expiringAt expiry: Timestamp) -> Item {
        let (partition, sort) =
            switch entry {
            case .day(let type, let day): (partitionKey(type), day.description)
            case .bucket(let bucket):
                (partitionKey(bucket.type, bucket.minute.day), "\(bucket.minute.timeOfDay)#\(bucket.shard)")
            }
        return ["PK": .string(partition), "SK": .string(sort), "ttl": .number(DecimalNumber(expiry.seconds))]
    }
}
