import DynamoDB
import Foundation
import Guides
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Testing

/// The examples of docs/data-layer.md, run as they stand there.
@Suite struct GuideTests {
    @Test func theExamplesWork() async throws {
        try await MeteredPlatform.with { metered in
            let people = People()
            try await people.insert(into: metered.database)
            try await examples(
                metered.database, userID: people.ann, repositoryID: people.repository, customer: MeteredPlatform.ann)
        }
    }

    /// With the policy of docs/security.md everything that the guide shows is allowed.
    @Test func theExamplesWorkWithTheApplicationsPolicy() async throws {
        try await MeteredPlatform.with { metered in
            let people = People()
            try await people.insert(into: metered.database)
            try await withClient(of: metered.platform.engine, .application) { client in
                try await examples(
                    metered.platform.with(dynamoDB: client), userID: people.ann, repositoryID: people.repository,
                    customer: MeteredPlatform.ann)
            }
        }
    }

    @Test func aDatabaseIsOpened() async throws {
        try await withPlatform { platform in
            let pool = platform.database.postgres.configuration
            let tables = DynamoDBClientConfiguration(endpoint: "http://127.0.0.1:1", maximumAttempts: 1)

            let database = try Database(DatabaseConfiguration(postgres: pool, dynamoDB: .client(tables)))
            let health = await database.health(within: .seconds(2))
            print(health.isHealthy, health.postgres, health.dynamoDB)
            try await database.close()
            #expect(!health.isHealthy)
        }
    }

    @Test func theShopsExamplesWork() async throws {
        try await MeteredPlatform.with { metered in
            try await shopExamples(metered.database, customer: MeteredPlatform.ann)
        }
    }

    private func shopExamples(_ database: Database, customer: UUID) async throws {
        let plugin = try await database.withSession(as: .service) { relations in
            try await relations.plugins.publish(
                "line-notify",
                .init(
                    name: "line-notify", source: "github:aoi/line-notify", version: "1.0.0",
                    offer: .init(.addon, price: 500, billing: .monthly, trialDays: 14)),
                .init(
                    displayName: "LINE 通知", features: PostgresJSON(#"{"channels": ["line"]}"#),
                    categories: ["notifications"]))
        }
        let shop = try await database.withReadOnlySession(as: .anonymous) { relations in
            try await relations.plugins.list(
                .init(
                    text: "通知", categories: .any(["notifications", "chat"]),
                    features: PostgresJSON(#"{"channels": ["line"]}"#)),
                by: .rating)
        }
        #expect(shop.rows == [plugin])

        let month = Date.now..<Date.now.addingTimeInterval(30 * 86_400)
        let subscription = try await database.withSession(as: .service) { relations in
            let trial = try await relations.trials.start(userID: customer, pluginID: plugin.id, licenseKey: "key-1")
            let terms = PluginSubscription.Terms(
                tier: .addon, licenseKey: "key-2", stripeSubscriptionID: "sub_1", stripeCustomerID: "cus_1")
            return try await relations.trials.convert(trial.id, to: terms, .paid(month))
        }
        try await database.withSession(as: .user(try VerifiedClaims(subject: customer))) { relations in
            _ = try await relations.subscriptions.setCancelsAtPeriodEnd(true, subscription.id)
        }
        let ended = try await database.withSession(as: .service) { try await $0.subscriptions.endDue() }
        #expect(ended.isEmpty)
    }

    private func examples(_ database: Database, userID: UUID, repositoryID: UUID, customer: UUID) async throws {
        let ann = PostgresSessionRole.user(try VerifiedClaims(subject: userID))
        let run = try await database.withSession(as: ann) { relations in
            try await relations.executions.request(.codeGen, for: userID, on: repositoryID)
        }

        let rows = try await database.withSession(as: .service) { relations in
            let users = try await relations.webUsers.list(limit: 100)
            print(users.rows.first?.repositories.map(\.fullName) ?? [])
            let app = GitHubRepository(githubID: 7, owner: "ann", name: "app")
            let new = RepositoryStore.New(id: UUID(), userID: userID, repository: app)
            return try await relations.repositories.insertMissing([new])
        }
        for row in rows {
            switch row {
            case .inserted(let id): print("new", id)
            case .present(let id): print("was there", id?.uuidString ?? "out of sight")
            case .refused(let error): print(error)
            }
        }
        #expect(try rows.map { try $0.isNew } == [true])

        let claimed = try await database.withSession(as: .service) { relations in
            try await relations.executions.claim(10, agents: [.codeGen, .review], as: "worker-1")
        }
        for claim in claimed {
            try await database.work(on: claim) {
                try await database.withSession(as: .service) { relations in
                    try await relations.executions.log([.init(.info, "12 files changed")], of: claim.execution.id)
                }
                return PostgresJSON(#"{"pull_request": 7}"#)
            }
        }
        #expect(claimed.map(\.execution.id) == [run.id])

        let page = try await database.withReadOnlySession(as: ann) { relations in
            try await relations.executions.list(.init(userID: userID, status: .completed), limit: 20)
        }
        #expect(page.rows.map(\.id) == [run.id])

        let definition = try WorkflowDefinition(
            PostgresJSON(#"{"nodes": [{"id": "a"}], "edges": [{"id": "e", "source": "a", "target": "a"}]}"#))
        print(definition.cycle ?? [])
        #expect(definition.cycle == ["a"])

        let agent = "exec-\(run.id)"
        _ = try await database.agentStates.create(agent)
        try await database.agentStates.withClaim(agent, as: "worker-1") { claim in
            try await database.agentStates.report(AgentReport(currentTask: "tests", progress: 65), of: claim)
            try await database.agentStates.complete(claim)
        }
        #expect(try await database.agentStates.current(agent)?.status == .completed)

        let queue = try database.queue("reviews")
        _ = try await queue.enqueue("review-7", ["pull_request": 7])
        for task in try await queue.claim(upTo: 10, as: "worker-1") {
            try await queue.run(task) { task in print(task.payload) }
        }
        #expect(try await queue.claim(as: "worker-2").isEmpty)

        let sent = try await database.messages.send(
            MessageDraft(.executionUpdate, payload: ["status": "completed"]), to: "connection-1")
        switch try await database.messages.replay(on: "connection-1") {
        case .messages(let messages): print(messages.map(\.payload))
        case .notRecovered: print("read everything anew")
        }
        try await database.messages.acknowledge(on: "connection-1", through: sent)
        #expect(try await database.messages.undelivered(on: "connection-1").isEmpty)

        let event = Event(type: .webhook, userID: userID, repositoryID: repositoryID)
        try await database.events.record(event)
        for try await page in try database.events.events(repository: repositoryID, order: .newestFirst) {
            print(page.events.count)
        }

        let buyer = PostgresSessionRole.user(try VerifiedClaims(subject: customer))
        let submission = try await database.withSession(as: buyer) { relations in
            try await relations.pluginReviews.write(.init(rating: 5, comment: "It's quick."), of: "pro", by: customer)
            return try await relations.pluginSubmissions.submit(PostgresJSON(#"{"name": "notify"}"#), by: customer)
        }
        let newest = try await database.withSession(as: .service) { relations in
            try await relations.pluginSubmissions.approve(submission.id, .init(qualityScore: 90, notes: "Welcome."))
            try await relations.logs.append(LogEntry(.info, "A submission was approved."))
            return try await relations.users.list(limit: 20)
        }
        #expect(newest.rows.map(\.id).contains(customer))

        let usage = try UsageEvent(
            id: UUID(), userID: customer, pluginID: "pro", kind: .tokens, quantity: 1_200, time: .now())
        try await database.withSession(as: .service) { relations in
            _ = try await relations.usage.record([usage, usage], enforcingQuotas: true)
        }
        let differences = try await database.withSession(as: .service) { try await $0.usage.verify() }
        #expect(differences.isEmpty)

        try await licences(database, customer: customer)

        let relayed = try await OutboxRelay(database, as: "host-1").relay()
        let behind = try await database.withSession(as: .service) { try await $0.outbox.status() }
        print(relayed, behind.depth, behind.lagSeconds, behind.parked)
        #expect(relayed > 0)
    }

    private func licences(_ database: Database, customer: UUID) async throws {
        let key = try LicenseSigningKey(generating: .edDSA)
        let signer = LicenseSigner(key)
        let license = try await database.withSession(as: .service) { relations in
            try await relations.licenses.issue(
                .init(userID: customer, pluginID: "pro", expiresAt: .now() + .seconds(86_400)), by: signer)
        }
        let verifier = LicenseVerifier(keys: LicenseKeySet([key.publicKey]))
        print(try await verifier.verify(license.key, for: "pro").tier)

        let list = try await database.withSession(as: .service) { relations in
            try await relations.licenses.revoke(license.id, reason: "refunded")
            return try await relations.licenses.revocations(by: signer, lifetime: .seconds(3_600))
        }
        let revocations = try await verifier.revocations(list)
        do throws(LicenseError) {
            _ = try await verifier.verify(license.key, for: "pro", revocations: revocations)
        } catch {
            print(error)
        }
        #expect(revocations.ids == [license.id])
    }

    /// Every example of the page is in this file, line by line.
    @Test func thePageShowsTheseExamples() throws {
        let examples = try GuideExamples(of: "docs/data-layer.md")
        #expect(!examples.all.isEmpty)
        #expect(examples.missing.isEmpty)
    }
}
