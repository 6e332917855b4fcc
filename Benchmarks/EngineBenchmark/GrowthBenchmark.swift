import DynamoDB
import DynamoDBEngine

extension EngineBenchmark {
    /// Lets a table grow tenfold again and again, and measures writes, pages and opening at each size.
    static func measureGrowth(in directory: String, to largest: Int) async throws {
        let sample = 10_000
        var events = 0
        var size = 10_000
        while size <= largest {
            var engine = try open(directory)
            if events == 0 { _ = try await engine.createTable(Events.definition) }
            try await write(events..<size, .plain, to: engine)
            let writes = Meter()
            try await write(size..<size + sample, .plain, to: engine)
            let perWrite = rounded(writes.seconds / Double(sample) * 1e6)
            events = size + sample
            let memory = Meter.residentMegabytes()

            await engine.close()
            let opening = Meter()
            engine = try open(directory)
            let openingSeconds = rounded(opening.seconds)

            let pages = 1_000
            let queries = Meter()
            for page in 0..<pages {
                let output = try await engine.query(
                    QueryInput(
                        tableName: Events.table, limit: 100, keyConditionExpression: "PK = :partition",
                        expressionAttributeValues: [":partition": .string(Events.partition(page * 7919 % size))]
                    ))
                precondition(output.count == 100, "a page is short")
            }
            let perPage = rounded(queries.seconds / Double(pages) * 1e6)
            print(
                "\(size) items: \(perWrite) µs a write, \(perPage) µs a page of 100, open in \(openingSeconds) s, "
                    + "\(memory) MB in memory after the writes")
            await engine.close()
            size *= 10
        }
    }
}
