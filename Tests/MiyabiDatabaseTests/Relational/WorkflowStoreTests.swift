import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Testing

@Suite struct WorkflowStoreTests {
    private let definition: WorkflowDefinition

    init() throws {
        definition = try WorkflowDefinition(PostgresJSON(#"{"nodes": [{"id": "it's"}], "edges": []}"#))
    }

    @Test func aFlowIsItsOwnersToChange() async throws {
        try await withPlatform { platform in
            let (people, database) = (People(), platform.database)
            try await people.insert(into: database)
            let ann = PostgresSessionRole.user(try VerifiedClaims(subject: people.ann))
            let bob = PostgresSessionRole.user(try VerifiedClaims(subject: people.bob))
            var content = Workflow.Content(
                name: "Ann's \"flow\"", repositoryID: people.repository, definition: definition)
            let made = try await database.withSession(as: ann) { [content] in
                try await $0.workflows.create(content, of: people.ann)
            }
            #expect(made.content.definition.nodes == definition.nodes)
            let hidden = try await database.withSession(as: bob) { try await $0.workflows.workflow(made.id) }
            #expect(hidden == nil)

            content.isPublic = true
            content.description = "for everyone"
            let changed = try await database.withSession(as: ann) { [content] in
                try await $0.workflows.replace(made.id, with: content)
            }
            #expect(changed?.content.description == "for everyone")
            try await database.withSession(as: bob) { [content] relations in
                let workflows = relations.workflows
                let seen = try await workflows.workflow(made.id)
                #expect(seen?.content.name == content.name)
                #expect(try await workflows.list(.everyones).rows.map(\.id) == [made.id])
                #expect(try await workflows.list(.user(people.bob)).rows.isEmpty)
                #expect(try await workflows.replace(made.id, with: content) == nil)
                #expect(try await workflows.delete(made.id) == false)
            }
            let deleted = try await database.withSession(as: ann) { try await $0.workflows.delete(made.id) }
            #expect(deleted)
        }
    }

    @Test func listsReadTheirIndexes() async throws {
        try await withPlatform { platform in
            let people = People()
            try await people.insert(into: platform.database)
            try await insertMany(
                into: ["workflows"], platform.configuration,
                """
                INSERT INTO workflows (user_id, name, definition, is_template, is_public, created_at)
                SELECT \(people.ann), 'flow ' || n, '{"nodes": [], "edges": []}', n % 100 = 0, n % 50 = 0,
                  timestamptz '2025-01-01' + n * interval '1 second'
                FROM generate_series(1, 20000) n
                """)
            try await withPlans(platform.configuration) { database, plans in
                let expected: [(WorkflowStore.Selection, String)] = [
                    (.templates, "idx_workflows_templates"), (.everyones, "idx_workflows_public"),
                    (.user(people.bob), "idx_workflows_user_created_at_id"),
                ]
                for (selection, index) in expected {
                    let page = try await plans.plan {
                        try await database.withSession(as: .service) { try await $0.workflows.list(selection) }
                    }
                    #expect(page.text.contains(index), "\(page.text)")
                    #expect(page.result.rows.count == (selection == .user(people.bob) ? 0 : 50))
                }
            }
        }
    }
}
