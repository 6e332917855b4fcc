import DynamoDB
import Foundation
import Testing

/// Kills the real server at random moments while many clients write, and looks at what it left.
///
/// `scripts/soak ROUNDS` runs it for longer.
@Suite struct KillTests {
    private static let rounds = ProcessInfo.processInfo.environment["MIYABI_SOAK_ROUNDS"].flatMap { Int($0) } ?? 3

    @Test(arguments: [false, true]) func acknowledgedWritesSurviveKills(encrypted: Bool) async throws {
        let workspace = try Workspace()
        let ledger = Ledger()
        let history = History()
        for round in 1...Self.rounds {
            try await Server.run(data: workspace.data, encrypted: encrypted, log: workspace.log) { server in
                try await server.withClient { client in
                    if round == 1 {
                        try await Tables.create(client)
                        try await Transfer.openAccounts(client)
                    }
                    async let writing: Void = Writers(client: client, ledger: ledger, round: round).run()
                    // From the first acknowledged writes, however slow the machine is.
                    let before = ledger.acknowledged
                    while ledger.acknowledged < before + 20 { try await Task.sleep(for: .milliseconds(2)) }
                    try await Task.sleep(for: .milliseconds(Int.random(in: 1...700)))
                    await server.kill()
                    await writing
                }
            }
            let faults = try await Server.run(data: workspace.data, encrypted: encrypted, log: workspace.log) {
                server in
                try await server.withClient { client in try await self.faults(client, ledger, history) }
            }
            for fault in faults { Issue.record("round \(round): \(fault)") }
            if Self.rounds > 3 {
                print("round \(round): \(ledger.acknowledged) acknowledged, \(history.count) records")
            }
        }
        #expect(ledger.acknowledged >= Self.rounds * 20 && history.count > 0)
    }

    private func faults(_ client: DynamoDBClient, _ ledger: Ledger, _ history: History) async throws -> [String] {
        // Sent again with their old tokens: whether they were done before or not, now they are, once.
        for transfer in ledger.unansweredTransfers {
            _ = try await client.transactWriteItems(transfer.request)
            ledger.acknowledge(transfer)
        }
        let audit = Audit(client: client)
        let items = try await audit.itemsAfterExpiry()
        try await history.follow(client)
        let now = Int(Date().timeIntervalSince1970)
        return ledger.settle(items) { item in
            if case .number(let time) = item["ttl"], let time = Int(exactly: time) { time <= now } else { false }
        }
            + Transfer.faults(in: items)
            + (try await audit.indexFaults(items))
            + history.faults(items)
    }
}
