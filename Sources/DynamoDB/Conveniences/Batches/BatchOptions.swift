import AWSCore

/// How batches are sent.
public struct BatchOptions: Sendable {
    /// How many requests are under way at once, from 1. Default 4. They bound the memory too: a request holds 16 MB at
    /// most.
    public var concurrency: Int
    /// After how many requests in a row that carried nothing out a batch is given up, from 1. Default 10.
    public var maximumAttempts: Int
    /// The waits between a batch's requests; tests put their own in its place.
    var pacing = Pacing.real

    /// Makes options.
    public init(concurrency: Int = 4, maximumAttempts: Int = 10) {
        self.concurrency = concurrency
        self.maximumAttempts = maximumAttempts
    }

    /// Sends a batch, and what the server leaves of it again, with growing waits, until nothing is left.
    ///
    /// - Parameters:
    ///   - count: how many elements a batch has.
    ///   - send: sends a batch and returns what is left of it.
    func exhaust<Batch>(
        _ batch: Batch, operation: String, count: (Batch) -> Int, send: (Batch) async throws -> Batch
    ) async throws {
        let policy = RetryPolicy(maximumAttempts: maximumAttempts)
        var batch = batch
        var left = count(batch)
        var fruitless = 0
        while left > 0 {
            do {
                batch = try await send(batch)
            } catch let error as DynamoDBError where error.isThrottling && fruitless + 1 < maximumAttempts {
                // The server took nothing of it at all.
            }
            let rest = count(batch)
            if rest == 0 { return }
            fruitless = rest < left ? 0 : fruitless + 1
            left = rest
            guard fruitless < maximumAttempts else {
                throw DynamoDBError(
                    code: .unprocessedItems,
                    message: "\(rest) of a batch were left undone by \(maximumAttempts) requests in a row",
                    operation: operation)
            }
            // What is left over was throttled.
            try await pacing.sleep(
                policy.delay(afterAttempt: max(fruitless, 1), isThrottling: true, random: .random(in: 0...1)))
        }
    }
}
