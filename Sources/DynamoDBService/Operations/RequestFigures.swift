public import Histogram

/// What the requests to a server came to since it was made.
public struct RequestFigures: Sendable {
    /// The requests of one operation to one table.
    public struct Counts: Sendable, Equatable {
        /// All of them.
        public var requests: UInt64 = 0
        /// Those refused for want of throughput. Of a batch: only if all of it was, as AWS counts.
        public var throttled: UInt64 = 0
        /// Those whose condition was not met, and cancelled transactions.
        public var conditionsFailed: UInt64 = 0
        /// Those answered with a status of 400 to 499 for another reason.
        public var userErrors: UInt64 = 0
        /// Those answered with a status from 500 on.
        public var systemErrors: UInt64 = 0

        /// None yet.
        public init() {}

        mutating func count(_ outcome: RequestOutcome) {
            requests += 1
            switch outcome {
            case .success: break
            case .throttled: throttled += 1
            case .conditionFailed: conditionsFailed += 1
            case .userError: userErrors += 1
            case .systemError: systemErrors += 1
            }
        }

        mutating func add(_ other: Counts) {
            requests += other.requests
            throttled += other.throttled
            conditionsFailed += other.conditionsFailed
            userErrors += other.userErrors
            systemErrors += other.systemErrors
        }
    }

    /// By the table's name and the operation's. The table is "" where a request names none that exists, or several.
    public var counts: [String: [String: Counts]] = [:]
    /// How long requests took from their last byte to the beginning of their answer, in microseconds up to a minute, by operation.
    public var latencies: [String: Histogram<UInt64>] = [:]
    /// Requests that were refused before their operation was known: no signature, an unknown key or operation.
    public var refused: UInt64 = 0

    /// Nothing was asked yet.
    public init() {}

    mutating func add(_ other: RequestFigures) {
        for (table, operations) in other.counts {
            for (operation, counts) in operations {
                self.counts[table, default: [:]][operation, default: Counts()].add(counts)
            }
        }
        for (operation, histogram) in other.latencies {
            if latencies[operation]?.add(histogram) == nil { latencies[operation] = histogram }
        }
        refused += other.refused
    }
}

/// Counts the requests of one event loop. Touched on that loop only: plain numbers, no locks, nothing shared.
final class LoopFigures: @unchecked Sendable {
    /// More tables are counted together under "".
    private static let maximumTables = 512

    private struct Row {
        let table: String
        var counts: [RequestFigures.Counts]
    }

    private var rows = [Row(table: "", counts: Array(repeating: .init(), count: Operations.count))]
    private var rowOfTable: [String: Int] = [:]
    private var latencies = [Histogram<UInt64>?](repeating: nil, count: Operations.count)
    private var refused: UInt64 = 0

    /// - Parameter microseconds: how long it took.
    func count(_ operation: Operation, _ notes: RequestNotes, microseconds: UInt64) {
        rows[row(of: notes)].counts[operation.number].count(notes.outcome)
        let value = min(microseconds, LatencyRange.greatest)
        if latencies[operation.number]?.record(value) == nil {
            var histogram = LatencyRange.histogram()
            histogram.record(value)
            latencies[operation.number] = histogram
        }
    }

    func countRefused() { refused += 1 }

    private func row(of notes: RequestNotes) -> Int {
        if let row = rowOfTable[notes.table] { return row }
        // Who asks for tables that are not there must not make us remember their names.
        guard !notes.table.isEmpty, notes.outcome == .success || notes.outcome == .throttled,
            rows.count < Self.maximumTables
        else { return 0 }
        rows.append(Row(table: notes.table, counts: Array(repeating: .init(), count: Operations.count)))
        rowOfTable[notes.table] = rows.count - 1
        return rows.count - 1
    }

    /// What was counted so far.
    var figures: RequestFigures {
        var figures = RequestFigures()
        for row in rows {
            // An ARN counts for its table.
            let table = row.table.split(separator: "/").last.map(String.init) ?? row.table
            for (number, counts) in row.counts.enumerated() where counts.requests > 0 {
                figures.counts[table, default: [:]][Operations.names[number], default: .init()].add(counts)
            }
        }
        for (number, histogram) in latencies.enumerated() {
            if let histogram { figures.latencies[Operations.names[number]] = histogram }
        }
        figures.refused = refused
        return figures
    }
}

/// What latencies are counted in: microseconds to two digits, up to a minute.
public enum LatencyRange {
    /// What takes longer counts as this.
    public static let greatest: UInt64 = 60_000_000

    /// An empty histogram.
    public static func histogram() -> Histogram<UInt64> {
        Histogram(highestTrackableValue: greatest, numberOfSignificantValueDigits: .two)
    }
}
