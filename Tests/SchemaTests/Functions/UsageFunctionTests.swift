import Testing

private let owner = AccessFixture.owner

/// Metering: what is counted, what is refused, and that nothing is counted twice.
@Suite struct UsageFunctionTests {
    private static let december =
        "SELECT concat_ws(' ', issues, tokens, agent_executions) FROM usage_aggregates WHERE period = '2025-12'"

    private static func event(_ id: String, _ metric: String, _ increment: Int, _ data: String = "{}") -> String {
        """
        SELECT record_usage_event('\(id)', '\(owner)', 'owners', '\(metric)', \(increment), '2025-12-31T23:59:59Z',
          '\(data)')::text
        """
    }

    @Test func countersAddUp() async throws {
        try await SchemaDatabase.withOwnFixture { database in
            for call in ["increment_usage(%, 'issues', 2)", "increment_usage(%, 'tokens', 3000000000)"] {
                let arguments = call.replacing("%", with: "'\(owner)', 'owners', '2025-12'")
                _ = try await database.strings("SELECT \(arguments)::text")
                _ = try await database.strings("SELECT \(arguments)::text")
            }
            for agent in ["Review", "Review", "PR"] {
                _ = try await database.strings(
                    "SELECT increment_agent_execution('\(owner)', 'owners', '2025-12', '\(agent)')::text")
            }
            try await database.expect(Self.december, gives: [#"4 6000000000 {"PR": 1, "Review": 2}"#])
        }
    }

    @Test(arguments: [
        ("increment_usage('\(owner)', 'owners', '2025-12', 'tokns', 5)", "22023"),
        ("increment_usage('\(owner)', 'owners', '2025-12', NULL, 5)", "22023"),
        ("increment_usage('\(owner)', 'owners', '2025-12', 'tokens', NULL)", "22023"),
        ("increment_usage('\(owner)', 'owners', '2025-12', 'tokens', -5)", "22023"),
        ("increment_usage('\(owner)', 'owners', '2025-13', 'tokens', 5)", "22023"),
        ("increment_usage('\(owner)', 'nowhere', '2025-12', 'tokens', 5)", "23503"),
        ("increment_agent_execution('\(owner)', 'owners', '2025-12', '')", "22023"),
        ("increment_agent_execution('\(owner)', 'owners', '2025-12', 'PR', -1)", "22023"),
        ("record_usage_event(gen_random_uuid(), '\(owner)', 'owners', 'tokns', 5, now())", "22023"),
        ("record_usage_event(gen_random_uuid(), '\(owner)', 'owners', 'agent_executions', 5, now())", "22023"),
        ("record_usage_event(gen_random_uuid(), '\(owner)', 'owners', 'tokens', 5, NULL)", "23502"),
        ("record_usage_event(NULL, '\(owner)', 'owners', 'tokens', 5, now())", "23502"),
        ("increment_downloads('nowhere')", "P0002"),
    ])
    func whatCannotBeCountedIsAnError(_ call: String, _ sqlState: String) async throws {
        try await SchemaDatabase.withFixture { database in
            try await database.expect(.failed(sqlState), "SELECT \(call)", as: .service)
            // Nothing was written before the error: neither an event nor a counter.
            try await database.expectCount(1, "FROM usage_events")
            try await database.expectCount(1, "FROM usage_aggregates")
        }
    }

    @Test func anEventCountsOnceHoweverOftenItIsDelivered() async throws {
        let id = "0e000000-0000-4000-8000-000000000001"
        try await SchemaDatabase.withOwnFixture { database in
            for expected in ["true", "false", "false"] {
                try await database.expect(Self.event(id, "tokens", 5), gives: [expected])
            }
            // The month is that of the event, in UTC; other metrics of the month join its row.
            let run = Self.event("0e000000-0000-4000-8000-000000000002", "agent_executions", 1, #"{"agent": "PR"}"#)
            try await database.expect(run, gives: ["true"])
            try await database.expect(Self.december, gives: [#"0 5 {"PR": 1}"#])

            for other in [Self.event(id, "tokens", 6), Self.event(id, "issues", 5)] {
                try await database.expect(.failed("23505"), other, as: .service)
            }
            try await database.expect(Self.december, gives: [#"0 5 {"PR": 1}"#])
        }
    }

    /// Eight sessions deliver the same forty events, in opposite orders: each counts once, and no session deadlocks.
    @Test func eventsDeliveredAtOnceCountOnce() async throws {
        try await SchemaDatabase.withOwnFixture { database in
            let counted = try await withThrowingTaskGroup(of: Int.self) { group in
                for session in 0..<8 {
                    group.addTask {
                        try await database.withSession { connection in
                            var counted = 0
                            for number in session.isMultiple(of: 2) ? Array(10..<50) : (10..<50).reversed() {
                                let id = "0e000000-0000-4000-8000-0000000000\(number)"
                                let answer = try await connection.strings(Self.event(id, "tokens", number))
                                counted += answer == ["true"] ? 1 : 0
                            }
                            return counted
                        }
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(counted == 40)
            try await database.expect(Self.december, gives: ["0 \((10..<50).reduce(0, +)) {}"])
        }
    }

    @Test func incrementsAtOnceAreAllCounted() async throws {
        try await SchemaDatabase.withOwnFixture { database in
            try await withThrowingTaskGroup { group in
                for session in 0..<8 {
                    group.addTask {
                        try await database.withSession { connection in
                            for _ in 0..<25 {
                                let call =
                                    session.isMultiple(of: 2)
                                    ? "increment_usage('\(owner)', 'owners', '2025-12', 'issues', 1)"
                                    : "increment_agent_execution('\(owner)', 'owners', '2025-12', 'Review')"
                                _ = try await connection.strings("SELECT \(call)::text")
                            }
                        }
                    }
                }
                try await group.waitForAll()
            }
            try await database.expect(Self.december, gives: [#"100 0 {"Review": 100}"#])
        }
    }
}
