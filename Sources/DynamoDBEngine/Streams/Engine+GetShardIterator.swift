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
            case .trimHorizon:
                try input.refuseSequenceNumber()
                position = nil
            case .latest:
                try input.refuseSequenceNumber()
                position = SequenceNumber(commit: core.clock.mark())
            case .atTimestamp:
                try input.refuseSequenceNumber()
                let moment = try input.moment
                position = moment < stream.horizon ? nil : SequenceNumber(commit: moment)
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
    fileprivate func refuseSequenceNumber() throws(DynamoDBError) {
        guard sequenceNumber == nil else {
            throw .validation(
                "SequenceNumber must not be specified with the ShardIteratorType \(shardIteratorType.rawValue)")
        }
    }

    /// The timestamp, in microseconds since 1970: commits are numbered by theirs.
    fileprivate var moment: UInt64 {
        get throws(DynamoDBError) {
            guard let timestamp else {
                throw .validation(
                    "Timestamp must be specified with the ShardIteratorType \(shardIteratorType.rawValue)")
            }
            return UInt64(min(max(0, timestamp * 1e6), Double(EngineClock.end)))
        }
    }

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
