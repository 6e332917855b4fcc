public import DynamoDB

extension Engine {
    /// Lists streams in the order of their ARNs, up to 100 at a time.
    ///
    /// A disabled stream is listed for 24 hours. A deleted table's streams are gone with it.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`.
    public func listStreams(_ input: ListStreamsInput) async throws -> ListStreamsOutput {
        try await perform("ListStreams", input, on: input.tableName) { core in
            if let name = input.tableName { try checkTableName(name) }
            let limit = try pageLimit(input.limit, atMost: Limits.listedStreams)
            var streams = core.streams(ofTable: input.tableName, region: region)
            streams.sort { $0.arn.utf8.lexicographicallyPrecedes($1.arn.utf8) }
            if let start = input.exclusiveStartStreamArn {
                let start = TableARN.told(start, in: region)
                streams.removeAll { !start.utf8.lexicographicallyPrecedes($0.arn.utf8) }
            }
            let page = streams.prefix(limit)
            return ListStreamsOutput(
                streams: page.map {
                    StreamSummary(streamArn: $0.arn, tableName: $0.table.name, streamLabel: $0.stream.label)
                },
                lastEvaluatedStreamArn: page.count < streams.count ? page.last?.arn : nil)
        }
    }
}
