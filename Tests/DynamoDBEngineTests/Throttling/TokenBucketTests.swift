import Testing

@testable import DynamoDBEngine

@Suite struct TokenBucketTests {
    /// Takes one unit after the other until the bucket is closed.
    private func drain(_ bucket: inout TokenBucket) -> Int {
        var taken = 0
        while bucket.isOpen {
            bucket.take(1)
            taken += 1
        }
        return taken
    }

    @Test func aNewBucketHoldsOneSecond() {
        var bucket = TokenBucket(rate: 5, at: 100)
        #expect(drain(&bucket) == 5)
        bucket.advance(to: 101, rate: 5)
        #expect(drain(&bucket) == 5)
    }

    @Test func unusedCapacityIsKeptForFiveMinutes() {
        var bucket = TokenBucket(rate: 2, at: 0)
        bucket.advance(to: 100, rate: 2)
        #expect(drain(&bucket) == 202)
        bucket.advance(to: 100_000, rate: 2)
        #expect(drain(&bucket) == 600)
    }

    @Test func whatWasTakenTooMuchIsMadeUpFor() {
        var bucket = TokenBucket(rate: 10, at: 0)
        bucket.take(45)
        bucket.advance(to: 3.4, rate: 10)
        #expect(!bucket.isOpen)
        bucket.advance(to: 3.6, rate: 10)
        #expect(bucket.isOpen)
    }

    @Test func aNewRateHoldsFromNowOn() {
        var bucket = TokenBucket(rate: 1, at: 0)
        #expect(drain(&bucket) == 1)
        bucket.advance(to: 10, rate: 100)
        #expect(drain(&bucket) == 10)
        bucket.advance(to: 11, rate: 100)
        #expect(drain(&bucket) == 100)
    }

    @Test func aClockThatStandsStillGivesNothing() {
        var bucket = TokenBucket(rate: 3, at: 50)
        #expect(drain(&bucket) == 3)
        bucket.advance(to: 50, rate: 3)
        bucket.advance(to: 49, rate: 3)
        #expect(!bucket.isOpen)
    }
}
