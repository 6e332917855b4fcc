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
