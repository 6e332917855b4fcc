import Testing

/// Who the claims make you: the subject that they name, and nothing else that they say.
@Suite(.serialized) struct ClaimsTests {
    private static let owner = AccessFixture.owner

    /// Without a subject you are nobody, and see no row.
    @Test(arguments: ["", "null", "[]", "{}", #"{"sub": null}"#, #"{"role": "service_role"}"#, #"["sub"]"#])
    func withoutASubjectYouAreNobody(_ claims: String) async throws {
        try await SchemaDatabase.withFixture { database in
            let users = try await database.attempt("SELECT FROM users", as: .owner, claims: claims)
            #expect(users == .rows(0))
            let nobody = try await database.attempt("SELECT WHERE auth.uid() IS NULL", as: .owner, claims: claims)
            #expect(nobody == .rows(1))
            let update = try await database.attempt("UPDATE users SET name = 'n'", as: .owner, claims: claims)
            #expect(update == .rows(0))
        }
    }

    /// Malformed claims are an error (22P02), never somebody.
    @Test(arguments: ["{", "sub", #"{"sub": ""}"#, #"{"sub": "1 OR 1=1"}"#, #"{"sub": {"sub": "x"}}"#])
    func malformedClaimsAreAnError(_ claims: String) async throws {
        try await SchemaDatabase.withFixture { database in
            let outcome = try await database.attempt("SELECT FROM users", as: .owner, claims: claims)
            #expect(outcome == .failed("22P02"))
            try await database.expect(.rows(1), "SELECT FROM users", as: .owner)
        }
    }

    /// Roles in the claims give nothing: the session's role and `users.role` decide.
    @Test(arguments: ["service_role", "admin", "postgres"])
    func aRoleInTheClaimsGivesNothing(_ role: String) async throws {
        let forged = #"{"sub": "\#(Self.owner)", "role": "\#(role)", "is_admin": true, "user_role": "\#(role)"}"#
        try await SchemaDatabase.withFixture { database in
            try await database.expect(.rows(1), "SELECT FROM users", as: .owner, claims: forged)
            try await database.expect(.rows(0), "SELECT FROM logs", as: .owner, claims: forged)
            try await database.expect(.rows(1), "SELECT FROM logs", as: .admin)
        }
    }

    /// An admin's claims do not help anon, whom no grant lets near the tables.
    @Test func theClaimsOfAnAdminDoNotHelpAnon() async throws {
        try await SchemaDatabase.withFixture { database in
            let users = try await database.attempt("SELECT FROM users", as: .anon, claims: Identity.admin.claims)
            #expect(users == .denied)
            let plugins = try await database.attempt("SELECT FROM plugins", as: .anon, claims: Identity.admin.claims)
            #expect(plugins == .rows(2))
        }
    }

    /// A subject whom nobody knows is somebody without rows, and no admin.
    @Test func anUnknownSubjectHasNothing() async throws {
        let claims = #"{"sub": "0d000000-0000-4000-8000-00000000000d"}"#
        try await SchemaDatabase.withFixture { database in
            try await database.expect(.rows(0), "SELECT FROM users", as: .other, claims: claims)
            try await database.expect(.rows(0), "SELECT WHERE auth.is_admin()", as: .other, claims: claims)
        }
    }

    /// Claims of a transaction end with it. The setting is '' afterwards, which 002's auth.uid() could not read.
    @Test func claimsEndWithTheirTransaction() async throws {
        try await SchemaDatabase.withFixture { database in
            try await database.expect(.rows(1), "SELECT FROM users", as: .owner)
            try await database.expect("SELECT 'nobody' WHERE auth.uid() IS NULL", gives: ["nobody"])
        }
    }

    /// A public workflow is everybody's to read who is signed in; a private one is its owner's.
    @Test func publicWorkflowsAreForTheSignedIn() async throws {
        try await SchemaDatabase.withFixture { database in
            let publish = "UPDATE workflows SET is_public = true"
            let read = "SELECT FROM workflows"
            try await database.expect(.rows(0), read, as: .other)
            try await database.expect(.rows(1), read, as: .other, after: publish)
            try await database.expect(.denied, read, as: .anon, after: publish)
            let change = "UPDATE workflows SET name = 'mine'"
            try await database.expect(.rows(0), change, as: .other, after: publish)
            try await database.expect(.rows(1), change, as: .owner, after: publish)
        }
    }
}
