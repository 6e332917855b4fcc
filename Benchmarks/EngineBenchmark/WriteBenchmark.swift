import DynamoDB
import DynamoDBEngine

/// One way of writing events.
struct WriteShape {
    let name: String
    var batchSize = 25
    /// Whether each change goes into a stream with its old and new image.
    var hasStream = false
    /// Whether the events expire.
    var hasExpiry = false
    /// The shape whose events are written over, each by an update; nil to put new ones.
    var updated: String?

    static let plain = WriteShape(name: "batches of 25")
    static let all = [
        plain,
        WriteShape(name: "with a stream", hasStream: true),
        WriteShape(name: "with stream and expiry", hasStream: true, hasExpiry: true),
        WriteShape(name: "single", batchSize: 1),
        WriteShape(name: "single updates", batchSize: 1, updated: plain.name),
    ]
}

extension EngineBenchmark {
    /// Writes the events to a raw store and to an engine, and compares.
    static func measureWrites(_ shape: WriteShape, events: Int, in directory: String) async throws {
        let store = shape.updated ?? shape.name
        let batches = events / shape.batchSize
        let raw = try RawStore(directory: "\(directory)/raw \(store)", shape)
        let rawMeter = Meter()
        await raw.write(batches: batches, writers: Events.writers)
        let (rawSeconds, rawProcessor) = (rawMeter.seconds, rawMeter.processor)
        raw.close()

        let engine = try open("\(directory)/\(store)")
        if shape.updated == nil { try await createTable(shape, in: engine) }
        let meter = Meter()
        try await write(0..<events, shape, to: engine)
        let (seconds, processor) = (meter.seconds, meter.processor)
        print(
            "\(shape.name): \(Int(Double(events) / seconds)) events/s (engine), "
                + "\(Int(Double(events) / rawSeconds)) events/s (raw), ratio \(rounded(rawSeconds / seconds)); "
                + "processor time an event \(rounded(processor / Double(events) * 1e6)) µs (engine), "
                + "\(rounded(rawProcessor / Double(events) * 1e6)) µs (raw); \(Meter.residentMegabytes()) MB"
        )
        await engine.close()
    }

    private static func createTable(_ shape: WriteShape, in engine: Engine) async throws {
        var definition = Events.definition
        if shape.hasStream {
            definition.streamSpecification = StreamSpecification(
                streamEnabled: true, streamViewType: .newAndOldImages)
        }
        _ = try await engine.createTable(definition)
        guard shape.hasExpiry else { return }
        _ = try await engine.updateTimeToLive(
            UpdateTimeToLiveInput(
                tableName: Events.table,
                timeToLiveSpecification: TimeToLiveSpecification(attributeName: "ttl", enabled: true)))
    }

    static func write(_ events: Range<Int>, _ shape: WriteShape, to engine: Engine) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for writer in 0..<Events.writers {
                group.addTask {
                    let first = events.lowerBound + writer * shape.batchSize
                    for start in stride(
                        from: first, to: events.upperBound, by: Events.writers * shape.batchSize)
                    {
                        if shape.updated != nil {
                            _ = try await engine.updateItem(
                                UpdateItemInput(
                                    tableName: Events.table, key: Events.key(start),
                                    updateExpression: "SET #processed = :true",
                                    expressionAttributeNames: ["#processed": "processed"],
                                    expressionAttributeValues: [":true": .bool(true)]))
                        } else if shape.batchSize == 1 {
                            _ = try await engine.putItem(
                                PutItemInput(tableName: Events.table, item: Events.item(start)))
                        } else {
                            let puts = (start..<start + shape.batchSize).map { WriteRequest.put(Events.item($0)) }
                            _ = try await engine.batchWriteItem(
                                BatchWriteItemInput(requestItems: [Events.table: puts]))
                        }
                    }
                }
            }
            try await group.waitForAll()
        }
    }
}
