public import DynamoDBEngine
public import DynamoDBService

/// The embedded engine and its service, in this process.
public struct EngineSource: MetricSource {
    /// What it is called.
    public let name = "dynamodb"
    private let engine: @Sendable () async throws -> EngineFigures
    private let requests: @Sendable () async throws -> RequestFigures

    /// - Parameters:
    ///   - engine: the engine's figures.
    ///   - requests: those of its service.
    public init(
        engine: @escaping @Sendable () async throws -> EngineFigures,
        requests: @escaping @Sendable () async throws -> RequestFigures
    ) {
        (self.engine, self.requests) = (engine, requests)
    }

    /// Asks both.
    public func read() async throws -> [Reading] {
        Self.readings(of: try await requests()) + Self.readings(of: try await engine())
    }

    static func readings(of figures: RequestFigures) -> [Reading] {
        var readings: [Reading] = []
        for (table, operations) in figures.counts {
            for (operation, counts) in operations {
                let labels: KeyValuePairs = ["operation": operation, "table": table]
                for (metric, value) in [
                    ("miyabi_dynamodb_requests_total", counts.requests),
                    ("miyabi_dynamodb_throttled_requests_total", counts.throttled),
                    ("miyabi_dynamodb_conditions_failed_total", counts.conditionsFailed),
                    ("miyabi_dynamodb_user_errors_total", counts.userErrors),
                    ("miyabi_dynamodb_system_errors_total", counts.systemErrors),
                ] {
                    readings.append(Reading(Series(metric, labels), .counter(Double(value))))
                }
            }
        }
        for (operation, histogram) in figures.latencies {
            readings.append(
                Reading(
                    Series("miyabi_dynamodb_request_duration_seconds", ["operation": operation]),
                    .distribution(Distribution(histogram))))
        }
        readings.append(Reading(Series("miyabi_dynamodb_refused_requests_total"), .counter(Double(figures.refused))))
        return readings
    }

    static func readings(of figures: EngineFigures) -> [Reading] {
        var readings: [Reading] = []
        func add(_ name: String, of labels: KeyValuePairs<String, String> = [:], _ value: Reading.Value) {
            readings.append(Reading(Series(name, labels), value))
        }
        // With isolated callers several tables have one name.
        var parts: [String: [String: EngineFigures.Part]] = [:]
        for part in figures.parts {
            let index = part.index ?? ""
            guard var sum = parts[part.table]?[index] else {
                parts[part.table, default: [:]][index] = part
                continue
            }
            sum.items += part.items
            sum.bytes += part.bytes
            sum.consumedReadUnits += part.consumedReadUnits
            sum.consumedWriteUnits += part.consumedWriteUnits
            parts[part.table]?[index] = sum
        }
        for (table, indexes) in parts {
            for (index, part) in indexes {
                let labels: KeyValuePairs = ["table": table, "index": index]
                add("miyabi_dynamodb_items", of: labels, .gauge(Double(part.items)))
                add("miyabi_dynamodb_bytes", of: labels, .gauge(Double(part.bytes)))
                add("miyabi_dynamodb_consumed_read_units_total", of: labels, .counter(part.consumedReadUnits))
                add("miyabi_dynamodb_consumed_write_units_total", of: labels, .counter(part.consumedWriteUnits))
            }
        }
        for (table, lag) in figures.expiryLag {
            add("miyabi_dynamodb_expiry_lag_seconds", of: ["table": table], .gauge(lag))
        }
        let storage = figures.storage
        for (name, value) in [
            ("miyabi_dynamodb_delayed_write_bytes_per_second", storage.delayedWriteRate),
            ("miyabi_dynamodb_pending_compaction_bytes", storage.pendingCompactionBytes),
            ("miyabi_dynamodb_memtable_bytes", storage.memtableBytes),
            ("miyabi_dynamodb_block_cache_bytes", storage.blockCacheBytes),
            ("miyabi_dynamodb_file_bytes", storage.fileBytes),
        ] {
            if let value { add(name, .gauge(Double(value))) }
        }
        if let isStopped = storage.isStopped { add("miyabi_dynamodb_write_stopped", .gauge(isStopped ? 1 : 0)) }
        if let errors = storage.backgroundErrors {
            add("miyabi_dynamodb_background_errors_total", .counter(Double(errors)))
        }
        add("miyabi_dynamodb_writable", .gauge(figures.isWritable ? 1 : 0))
        add("miyabi_dynamodb_syncs_total", .counter(Double(figures.syncs)))
        add("miyabi_dynamodb_synced_waiters_total", .counter(Double(figures.syncedWaiters)))
        add("miyabi_dynamodb_sync_seconds_total", .counter(figures.syncSeconds))
        if let index = parts["MiyabiWebSocketMessages"]?.first(where: { !$0.key.isEmpty })?.value {
            // The index holds what is not acknowledged, and nothing else.
            add("miyabi_messages_unread", .gauge(Double(index.items)))
        }
        return readings
    }
}
