public import DynamoDB
import Synchronization

/// Records events in MiyabiEvents and lists them by user, by repository and by type.
///
/// Works alike on AWS, on any compatible server and on the embedded engine. A value of this type is cheap to copy;
/// copies share what they remember of the type directory.
public struct EventStore: Sendable {
    /// How a store spreads its work.
    public struct Options: Sendable {
        /// Into how many partitions the events of one type and minute are spread, 1 to 1,024.
        ///
        /// May change at any time: reads find the partitions in the directory. See ``shards(forEventsPerSecond:)``.
        public var shards: Int
        /// How many requests a bulk write or a read by type has under way at once.
        public var concurrency: Int

        /// - Parameters:
        ///   - shards: Clamped to 1 to 1,024.
        ///   - concurrency: Clamped to 1 to 256.
        public init(shards: Int = 4, concurrency: Int = 16) {
            self.shards = min(max(shards, 1), 1024)
            self.concurrency = min(max(concurrency, 1), 256)
        }

        /// The shards that a rate of one type needs on AWS, where a partition takes 1,000 writes of 1 KB a second:
        /// twice that, because ULIDs of a burst do not fall evenly.
        public static func shards(forEventsPerSecond rate: Int) -> Int {
            min(max((rate + 499) / 500, 1), 1024)
        }
    }

    let dynamoDB: any DynamoDBAPI
    let options: Options
    let table: String
    let clock: @Sendable () -> Timestamp
    let directory: EventDirectory

    /// A store over the table of ``MiyabiTables/events``.
    ///
    /// - Parameters:
    ///   - dynamoDB: Where the table is.
    ///   - options: How it spreads its work.
    ///   - clock: What time it is, for expiry; tests hand in their own.
    public init(
        dynamoDB: any DynamoDBAPI, options: Options = Options(),
        clock: @escaping @Sendable () -> Timestamp = Timestamp.now
    ) {
        self.dynamoDB = dynamoDB
        self.options = options
        self.clock = clock
        table = MiyabiTables.events.tableName
        directory = EventDirectory(dynamoDB: dynamoDB, table: table, concurrency: options.concurrency)
    }
}

extension EventStore {
    /// A subscription to what is recorded; nothing is read before it runs.
    ///
    /// - Parameters:
    ///   - name: 1 to 255 bytes of UTF-8. Processes that use one name share the work.
    ///   - options: How it reads.
    /// - Throws: ``SubscriptionError`` with the code ``SubscriptionError/Code/invalidName``.
    public func subscription(
        named name: String, options: StreamSubscription.Options = .init()
    ) throws(SubscriptionError) -> StreamSubscription {
        try StreamSubscription(named: name, to: table, dynamoDB: dynamoDB, options: options, clock: clock)
    }
}

extension StreamEvent {
    /// The event that was recorded; nil when this is no change of MiyabiEvents that records one, such as its expiry.
    ///
    /// - Throws: ``EventError`` with the code ``EventError/Code/unreadableItem``.
    public func recordedEvent() throws(EventError) -> Event? {
        guard eventName == .insert, let item = dynamodb?.newImage, item["event_type"] != nil else { return nil }
        return try Event(item: item)
    }
}

/// What an event may be, beside DynamoDB's own limits.
package enum EventLimits {
    /// The last millisecond of the year 9999: day keys sort as text only up to there.
    package static let latest = Timestamp(milliseconds: 253_402_300_799_999)

    /// Refuses an item that DynamoDB would refuse.
    static func check(_ item: Item, of event: Event) throws(EventError) {
        guard event.timestamp <= latest else {
            throw EventError(.timeOutOfRange, "event \(event.id) is after the year 9999")
        }
        guard ItemLimits.allowNesting(of: event.data) else {
            throw EventError(.tooDeep, "the data of event \(event.id) is nested deeper than \(ItemLimits.depth) levels")
        }
        let size = item.sizeInBytes
        guard size <= ItemLimits.bytes else {
            throw EventError(
                .tooLarge,
                "event \(event.id) takes \(size) bytes as an item; DynamoDB holds at most \(ItemLimits.bytes)")
        }
    }
}

extension Event {
    /// Checks that DynamoDB will take the event, as recording it does.
    ///
    /// - Throws: ``EventError`` with the code `tooLarge`, `tooDeep` or `timeOutOfRange`.
    public func checkLimits() throws(EventError) {
        let item = item(in: bucket(shards: 1).partitionKey, expiringAt: timestamp + Event.retention)
        try EventLimits.check(item, of: self)
    }
}

/// Why an event could not be recorded or read.
public struct EventError: Error, Sendable, CustomStringConvertible {
    /// The kind of error; more may come.
    public struct Code: Sendable, Hashable, CustomStringConvertible {
        /// The name of the kind.
        public let description: String

        /// The event's type is none of ``EventType``.
        public static let unknownType = Code(description: "unknownType")
        /// The item would exceed 400 KB, DynamoDB's limit.
        public static let tooLarge = Code(description: "tooLarge")
        /// The data nest deeper than 32 levels, DynamoDB's limit.
        public static let tooDeep = Code(description: "tooDeep")
        /// An entity's kind or identifier is empty, too long or holds `#`.
        public static let invalidEntity = Code(description: "invalidEntity")
        /// The time is before 1970 or after the year 10889: no ULID holds it.
        public static let timeOutOfRange = Code(description: "timeOutOfRange")
        /// The cursor is damaged, or of another query.
        public static let invalidCursor = Code(description: "invalidCursor")
        /// An item in the table is not an event as this version writes it.
        public static let unreadableItem = Code(description: "unreadableItem")
    }

    /// The kind of error.
    public let code: Code
    /// What happened, in words; without the event's data.
    public let message: String

    package init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
