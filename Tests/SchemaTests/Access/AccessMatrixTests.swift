import Testing

/// For every table, command and identity: what docs/schema.md's access table says is what the server does.
@Suite(.serialized) struct AccessMatrixTests {
    @Test(arguments: accessTable)
    func theServerDoesWhatTheTableSays(_ access: TableAccess) async throws {
        try await SchemaDatabase.withFixture { database in
            for command in Command.allCases {
                let statement = try #require(AccessFixture.statement(command, access.table))
                // Freed of its author, a plugin could not be updated by one: only deletes need it.
                let prepare =
                    command == .delete && ["users", "plugins"].contains(access.table)
                    ? AccessFixture.freeForDelete : nil
                for identity in Identity.allCases {
                    let outcome = try await database.attempt(statement, as: identity, after: prepare)
                    let expected = access.allows(command, identity)
                    #expect(outcome.succeeded == expected, "\(identity): \(statement): \(outcome)")
                }
            }
        }
    }

    /// The table above covers exactly the tables that there are.
    @Test func theTableIsComplete() async throws {
        try await SchemaDatabase.withFixture { database in
            let tables = try await database.strings(
                "SELECT tablename::text FROM pg_tables WHERE schemaname = 'public' ORDER BY 1")
            #expect(accessTable.map(\.table).sorted() == tables)
        }
    }
}
