public import DynamoDB

extension Engine {
    /// Gives a place in a shard to read from, good for fifteen minutes.
    ///
    /// - Throws: ``DynamoDB/DynamoDBError``: `ValidationException`, `ResourceNotFoundException`,
    ///   `TrimmedDataAccessException`.
    public func getShardIterator(_ input: GetShardIteratorInput) async throws -> GetShardIteratorOutput {
        try await perform("GetShardIterator", input) { core in
            let stream = try core.stream(withARN: input.streamArn, region: region)
            let shard = try stream.shard(withID: input.shardId)
            let position: SequenceNumber?
            switch input.shardIteratorType {
            case .trimHorizon, .latest:
                guard input.sequenceNumber == nil else {
                    throw DynamoDBError.validation(
                        "SequenceNumber must not be specified with the ShardIteratorType "
                            + input.shardIteratorType.rawValue)
                }
                position = input.shardIteratorType == .latest ? SequenceNumber(commit: core.clock.mark()) : nil
            case .atSequenceNumber: position = try input.sequenceNumber(in: stream)
            case .afterSequenceNumber: position = try input.sequenceNumber(in: stream).next
            }
            let iterator = ShardIterator(
                arn: stream.arn, shard: shard.number, position: position, issued: core.clock.now)
            return GetShardIteratorOutput(shardIterator: iterator.text)
        }
    }
}

extension GetShardIteratorInput {
    fileprivate func sequenceNumber(in stream: OpenedStream) throws(DynamoDBError) -> SequenceNumber {
        guard let text = sequenceNumber else {
            throw .validation(
                "SequenceNumber must be specified with the ShardIteratorType \(shardIteratorType.rawValue)")
        }
        guard let number = SequenceNumber(text), stream.stream.start <= number.commit,
            number.commit <= stream.stream.end ?? .max / 2
        else { throw .validation("Invalid SequenceNumber: \(text) is not of the shard \(shardId)") }
        try stream.checkHorizon(number)
        return number
    }
}

extension OpenedStream {
    /// - Throws: `TrimmedDataAccessException` for a record that is no longer kept.
    func checkHorizon(_ position: SequenceNumber) throws(DynamoDBError) {
        guard position.commit >= horizon else {
            throw DynamoDBError(
                code: .trimmedDataAccessException,
                message: "The operation attempted to read past the oldest stream record in a shard.")
        }
    }
}
