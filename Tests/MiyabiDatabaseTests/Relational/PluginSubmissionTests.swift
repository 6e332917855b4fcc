import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Postgres
import Testing

@Suite struct PluginSubmissionTests {
    private static let data = PostgresJSON(#"{"name": "it's", "version": "0.1.0"}"#)

    private func submit(_ market: Market) async throws -> PluginSubmission {
        try await market.database.withSession(as: market.user(market.ann)) {
            try await $0.pluginSubmissions.submit(Self.data, by: market.ann)
        }
    }

    private func present(_ id: UUID, _ market: Market) async throws -> PluginSubmission {
        try await market.database.withSession(as: .service) { try await $0.pluginSubmissions.submission(id) }
    }

    @Test func aPluginIsSubmittedLookedIntoAndLetIn() async throws {
        try await Market.with { market in
            let asked = try await submit(market)
            #expect(asked.status == .pendingReview && asked.reviewedAt == nil && asked.findings == .init())
            #expect(try asked.pluginData.decode([String: String].self)["name"] == "it's")
            let approved = try await market.database.withSession(as: market.user(market.eve)) { relations in
                let submissions = relations.pluginSubmissions
                #expect(try await submissions.queue().rows == [asked])
                let scan = PostgresJSON(#"{"cves": 0}"#)
                try await submissions.note(.init(securityScan: scan), on: asked.id)
                let noted = try await submissions.note(.init(qualityScore: 90), on: asked.id)
                #expect(noted.findings == .init(qualityScore: 90, securityScan: scan))
                #expect(noted.status == .pendingReview && noted.reviewedAt == nil)
                return try await submissions.approve(asked.id, .init(qualityScore: 95, notes: "it's good"))
            }
            #expect(approved.status == .approved && approved.reviewedAt != nil)
            #expect(approved.findings.qualityScore == 95 && approved.findings.securityScan != nil)
            try await market.database.withSession(as: market.user(market.ann)) { relations in
                let seen = try await relations.pluginSubmissions.submission(asked.id)
                #expect(seen == approved)
                #expect(try await relations.pluginSubmissions.list(.user(market.ann)).rows == [approved])
                #expect(try await relations.pluginSubmissions.queue().rows.isEmpty)
            }
        }
    }

    /// Every state against every change.
    @Test func noSubmissionGoesBack() async throws {
        try await Market.with { market in
            let change = { @Sendable (status: PluginSubmission.Status, id: UUID, relations: Relations) in
                switch status {
                case .pendingReview: try await relations.pluginSubmissions.note(.init(qualityScore: 7), on: id)
                case .approved: try await relations.pluginSubmissions.approve(id)
                case .rejected: try await relations.pluginSubmissions.reject(id, .init(notes: "no"))
                }
            }
            for from in PluginSubmission.Status.allCases {
                for to in PluginSubmission.Status.allCases {
                    let id = try await submit(market).id
                    try await market.database.withSession(as: market.user(market.eve)) { relations in
                        let before = try await change(from, id, relations)
                        #expect(before.status == from)
                        if from == .pendingReview {
                            #expect(try await change(to, id, relations).status == to)
                        } else {
                            let error = PluginSubmissionError.illegalTransition(id, from: from, to: to)
                            await #expect(throws: error) { try await change(to, id, relations) }
                            #expect(try await relations.pluginSubmissions.submission(id) == before)
                        }
                    }
                }
            }
        }
    }

    @Test func reviewingIsForAdmins() async throws {
        try await Market.with { market in
            let asked = try await submit(market)
            let attempts: [@Sendable (PluginSubmissionStore) async throws -> Void] = [
                { try await $0.approve(asked.id) }, { try await $0.reject(asked.id) },
                { try await $0.note(.init(qualityScore: 100), on: asked.id) },
            ]
            for attempt in attempts {
                await #expect(throws: PluginSubmissionError.notReviewer(asked.id)) {
                    try await market.database.withSession(as: market.user(market.ann)) {
                        try await attempt($0.pluginSubmissions)
                    }
                }
                await #expect(throws: PluginSubmissionError.notFound(asked.id)) {
                    try await market.database.withSession(as: market.user(market.bob)) {
                        try await attempt($0.pluginSubmissions)
                    }
                }
                let refusal = try await market.refusal(of: .anonymous) { try await attempt($0.pluginSubmissions) }
                #expect(refusal == PostgresSQLState.insufficientPrivilege)
            }
            for role in try [market.user(market.bob), market.user(market.eve), .anonymous] {
                let refusal = try await market.refusal(of: role) {
                    _ = try await $0.pluginSubmissions.submit(Self.data, by: market.ann)
                }
                #expect(refusal == PostgresSQLState.insufficientPrivilege)
            }
            let unknown = UUID()
            await #expect(throws: PluginSubmissionError.notFound(unknown)) {
                try await market.database.withSession(as: .service) { try await $0.pluginSubmissions.approve(unknown) }
            }
            #expect(try await present(asked.id, market) == asked)
        }
    }

    @Test(.timeLimit(.minutes(5))) func ofThoseWhoDecideAtOnceOneDoes() async throws {
        try await Market.with { market in
            let id = try await submit(market).id
            let (won, lost) = await race(8) { number in
                try await market.database.withSession(as: market.user(market.eve)) { relations in
                    let submissions = relations.pluginSubmissions
                    _ = try await number.isMultiple(of: 2) ? submissions.approve(id) : submissions.reject(id)
                }
            }
            #expect(won == 1 && lost.count == 7)
            let decided = try await present(id, market)
            for error in lost {
                guard case .illegalTransition(id, decided.status, _)? = error as? PluginSubmissionError else {
                    Issue.record(error)
                    continue
                }
            }
        }
    }

    @Test func whatMakesNoSenseChangesNothing() async throws {
        try await Market.with { market in
            let asked = try await submit(market)
            for score: Int16 in [-1, 101] {
                let violation = try await market.violation(as: market.user(market.eve)) {
                    try await $0.pluginSubmissions.approve(asked.id, .init(qualityScore: score))
                }
                #expect(violation?.kind == .check && violation?.fields == ["quality_score"])
            }
            let nobody = try await market.violation {
                _ = try await $0.pluginSubmissions.submit(Self.data, by: UUID())
            }
            #expect(nobody?.kind == .foreignKey && nobody?.fields == ["user_id"])
            let noJSON = try await market.refusal(of: market.user(market.ann)) {
                _ = try await $0.pluginSubmissions.submit(PostgresJSON("{"), by: market.ann)
            }
            #expect(noJSON == "22P02")
            #expect(try await present(asked.id, market) == asked)
            let all = try await market.service { try await $0.pluginSubmissions.queue().rows }
            #expect(all == [asked])
        }
    }

    @Test func listsReadTheirIndexes() async throws {
        try await withPlatform { platform in
            let user = try #require(UUID(uuidString: "10000000-0000-4000-8000-000000000007"))
            try await insertMany(
                into: ["plugin_submissions"], platform.configuration,
                """
                INSERT INTO plugin_submissions (id, user_id, plugin_data, status, submitted_at)
                SELECT \(unsafeSQL: numberedID(2)), \(unsafeSQL: numberedID(1, "n % 1000")), '{}',
                  CASE n % 100 WHEN 0 THEN 'pending_review' WHEN 1 THEN 'rejected' ELSE 'approved' END,
                  timestamptz '2025-01-01' + n / 10 * interval '1 second'
                FROM generate_series(1, 300000) n
                """)
            try await withPlans(platform.configuration) { database, plans in
                try await plans.expect("idx_plugin_submissions_user_submitted_at_id", of: database) {
                    try await $0.pluginSubmissions.list(.user(user), after: $1)
                }
                for status in PluginSubmission.Status.allCases {
                    try await plans.expect("idx_plugin_submissions_status_submitted_at_id", of: database) {
                        try await $0.pluginSubmissions.list(.status(status), after: $1)
                    }
                }
                try await plans.expect("idx_plugin_submissions_status_submitted_at_id", of: database) {
                    try await $0.pluginSubmissions.queue(after: $1)
                }
                let queue = try await database.withSession(as: .service) { try await $0.pluginSubmissions.queue().rows }
                #expect(queue.allSatisfy { $0.status == .pendingReview } && queue.count == 50)
                #expect(
                    queue == queue.sorted { ($0.submittedAt, $0.id.uuidString) < ($1.submittedAt, $1.id.uuidString) })
            }
        }
    }
}
