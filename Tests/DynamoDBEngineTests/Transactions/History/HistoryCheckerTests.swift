import Testing

/// The checker finds what is wrong, and nothing where all is well.
@Suite struct HistoryCheckerTests {
    private let x = History.Key(table: "t", name: "x")
    private let y = History.Key(table: "u", name: "y")

    private typealias Operation = History.Operation

    /// Operations that all ran at once; or, with times given, when they say.
    private func anomalies(
        _ operations: [Int: Operation], _ final: [History.Key: [Int]], times: [Int: ClosedRange<Int>] = [:]
    ) -> [HistoryChecker.Anomaly] {
        var history = History(operations: operations, final: final)
        for number in operations.keys {
            history.operations[number]?.invoked = times[number]?.lowerBound ?? number
            history.operations[number]?.returned = times[number]?.upperBound ?? 1000 + number
        }
        return HistoryChecker.anomalies(of: history)
    }

    private func operation(reads: [History.Key: [Int]] = [:], appends: Set<History.Key> = []) -> Operation {
        Operation(invoked: 0, reads: reads, appends: appends)
    }

    /// The one circle that is found has these operations.
    private func expectCycle(_ numbers: Set<Int>, _ found: [HistoryChecker.Anomaly]) {
        guard case .cycle(let circle) = found.first, found.count == 1 else {
            Issue.record("No cycle: \(found)")
            return
        }
        #expect(Set(circle) == numbers)
    }

    @Test func aSerialHistoryIsFine() {
        let operations = [
            1: operation(appends: [x, y]), 2: operation(reads: [x: [1], y: [1]]),
            3: operation(reads: [x: [1]], appends: [x]), 4: operation(reads: [x: [1, 3], y: [1]], appends: [y]),
            5: operation(reads: [x: [1, 3], y: [1, 4]]),
        ]
        let times = [1: 1...2, 2: 3...4, 3: 5...6, 4: 7...8, 5: 9...10]
        #expect(anomalies(operations, [x: [1, 3], y: [1, 4]], times: times) == [])
        #expect(anomalies(operations, [x: [1, 3], y: [1, 4]]) == [])
    }

    @Test func aRefusedAppendThatIsThere() {
        #expect(anomalies([1: operation()], [x: [1]]) == [.phantom(x, 1)])
        #expect(anomalies([:], [x: [7]]) == [.phantom(x, 7)])
        #expect(anomalies([1: operation(appends: [x])], [x: [1, 1]]) == [.phantom(x, 1)])
    }

    @Test func anAppendThatIsLost() {
        let operations = [1: operation(appends: [x]), 2: operation(reads: [x: []], appends: [x])]
        #expect(anomalies(operations, [x: [2]]) == [.lost(x, 1)])
    }

    @Test func aReadOfAnotherPast() {
        let operations = [1: operation(appends: [x]), 2: operation(appends: [x]), 3: operation(reads: [x: [2]])]
        #expect(anomalies(operations, [x: [1, 2]]) == [.divergent(x, reader: 3)])
    }

    @Test func aStaleRead() {
        let operations = [1: operation(appends: [x]), 2: operation(reads: [x: []])]
        expectCycle([1, 2], anomalies(operations, [x: [1]], times: [1: 1...2, 2: 3...4]))
        #expect(anomalies(operations, [x: [1]], times: [1: 1...3, 2: 2...4]) == [])
    }

    @Test func aReadFromTheFuture() {
        let operations = [1: operation(reads: [x: [2]]), 2: operation(appends: [x])]
        expectCycle([1, 2], anomalies(operations, [x: [2]], times: [1: 1...2, 2: 3...4]))
    }

    @Test func aReadOfHalfATransaction() {
        let operations = [1: operation(appends: [x, y]), 2: operation(reads: [x: [1], y: []])]
        expectCycle([1, 2], anomalies(operations, [x: [1], y: [1]]))
    }

    @Test func appendsInOppositeOrders() {
        let operations = [1: operation(appends: [x, y]), 2: operation(appends: [x, y])]
        expectCycle([1, 2], anomalies(operations, [x: [1, 2], y: [2, 1]]))
    }

    @Test func writeSkew() {
        let operations = [
            1: operation(reads: [y: []], appends: [x]), 2: operation(reads: [x: []], appends: [y]),
        ]
        expectCycle([1, 2], anomalies(operations, [x: [1], y: [2]]))
    }

    @Test func readersWhoDisagree() {
        let operations = [
            1: operation(appends: [x]), 2: operation(appends: [y]), 3: operation(reads: [x: [1], y: []]),
            4: operation(reads: [x: [], y: [2]]),
        ]
        expectCycle([1, 2, 3, 4], anomalies(operations, [x: [1], y: [2]]))
    }
}
