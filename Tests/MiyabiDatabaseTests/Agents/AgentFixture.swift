import DynamoDB
import DynamoDBEngine

@testable import MiyabiRealtime

/// An engine, and stores of several hosts over it.
struct AgentFixture {
    let engine: Engine
    /// In the year 2100: by its own clock the engine drops what has expired.
    let clock = TestClock(Timestamp(seconds: 4_102_444_800))

    /// The store of a host whose monotonic clock is real.
    var agents: AgentStateStore { AgentStateStore(dynamoDB: engine) { [clock] in clock.now } }

    /// The store of a host that sees others' leases run out at once.
    var successor: AgentStateStore {
        AgentStateStore(dynamoDB: engine, clock: { [clock] in clock.now }, pacing: HostClock().pacing())
    }

    func history(_ agentID: String) async throws -> [AgentState] {
        try await agents.history(of: agentID).reduce(into: []) { $0 += $1 }
    }

    /// Everything in the table.
    func items() async throws -> Set<Item> {
        Set(try await engine.scan(ScanInput(tableName: MiyabiTables.agentState.tableName)).items ?? [])
    }
}

func withAgents(_ body: (AgentFixture) async throws -> Void) async throws {
    try await withTables { try await body(AgentFixture(engine: $0)) }
}
