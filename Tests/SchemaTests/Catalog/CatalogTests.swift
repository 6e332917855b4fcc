import Testing

/// What the catalogue must hold, and what must not be in it.
@Suite(.serialized) struct CatalogTests {
    @Test func thereAreEighteenTablesAndTheirIndexesAndPolicies() async throws {
        try await SchemaDatabase.withFixture { database in
            try await database.expectCount(18, "FROM pg_tables WHERE schemaname = 'public'")
            try await database.expectCount(60, "FROM pg_policies WHERE schemaname = 'public'")
            // 59 besides the 31 that carry a primary key or a UNIQUE constraint.
            try await database.expectCount(90, "FROM pg_indexes WHERE schemaname = 'public'")
            try await database.expectCount(3, "FROM pg_indexes WHERE indexdef LIKE '%USING gin%'")
        }
    }

    /// Each query finds what breaks a rule, and finds nothing.
    @Test(arguments: Rule.all) func aRuleHolds(_ rule: Rule) async throws {
        try await SchemaDatabase.withFixture { database in
            try await database.expect(rule.offenders, gives: [])
        }
    }

    /// The rules do find offenders: version 3, the specification's DDL, breaks each but those that it cannot break.
    @Test func theRulesFindWhatVersionThreeBreaks() async throws {
        try await SchemaDatabase.with(version: 3) { database in
            for rule in Rule.all {
                let offenders = try await database.strings(rule.offenders)
                #expect(offenders.isEmpty == rule.holdsAtVersionThree, "\(rule.name): \(offenders)")
            }
        }
    }
}
