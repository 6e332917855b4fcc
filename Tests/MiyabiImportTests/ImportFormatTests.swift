import DynamoDB
import Foundation
import MiyabiDatabase
import MiyabiTestSupport
import Testing

@testable import MiyabiImport

@Suite("Import formats")
struct ImportFormatTests {
    func github(_ text: String) throws -> ImportRecord { try GitHubFormat.record(Array(text.utf8)) }
    func commit(_ text: String) throws -> ImportRecord { try CommitFormat.record(Array(text.utf8)) }

    @Test("understands every line of the real files, each as an event of its own")
    func realFiles() async throws {
        for (name, count, format) in [
            ("github-webhooks", 273, GitHubFormat.record), ("commits", 34_916, CommitFormat.record),
        ] as [(String, Int, ([UInt8]) throws -> ImportRecord)] {
            let file = RealData.file(name)
            let reader = try LineReader(path: file.path)
            var ids: Set<ULID> = []
            var lines = 0
            while case let batch = try await reader.lines(atMost: 5000), !batch.isEmpty {
                lines += batch.count
                for line in batch { ids.insert(try format(#require(line.bytes)).id) }
            }
            #expect(ids.count == lines)
            if !file.isSample { #expect(lines == count) }
        }
    }

    @Test("takes users, repositories and runs from a webhook")
    func webhook() throws {
        let record = try github(
            """
            {"event":"pull_request","example":"opened","payload":{"action":"opened","pull_request":{"number":7,
            "updated_at":"2025-11-29T10:30:00Z","body":""},"sender":{"id":3000000000,"login":"Aoi","avatar_url":""},
            "repository":{"id":4000000000,"full_name":"Aoi/tea","owner":{"login":"aoi"},"name":"tea",
            "default_branch":"trunk"}}}
            """)
        #expect(record.type == .webhook)
        #expect(record.id.timestamp == Timestamp(iso8601: "2025-11-29T10:30:00Z"))
        #expect(record.user == GitHubUser(githubID: 3_000_000_000, username: "Aoi"))
        #expect(
            record.repository
                == GitHubRepository(githubID: 4_000_000_000, owner: "Aoi", name: "tea", defaultBranch: "trunk"))
        #expect(record.execution == .init(agentType: .pullRequest, issueNumber: 7))
        #expect(record.data["event"] == .string("pull_request"))
        #expect(record.data["payload"]?["pull_request"]?["body"] == .string(""))
    }

    @Test("needs neither sender nor repository")
    func bare() throws {
        let record = try github(#"{"event":"security_advisory","payload":{"sender":null}}"#)
        #expect(record.user == nil)
        #expect(record.repository == nil)
        #expect(record.execution == nil)
        #expect(record.id.timestamp == Timestamp(iso8601: "2008-04-10"))
    }

    @Test("gives one content one identifier, however it is written, and another content another")
    func identity() throws {
        let text = #"{"event":"star","payload":{"starred_at":"2025-11-29T10:30:00Z","a":[1.0,{"b":null}]}}"#
        let same = #" { "payload" : {"a":[1, {"b":null}], "starred_at":"2025-11-29T10:30:00Z"},"event":"star"}"#
        #expect(try github(text).id == github(same).id)
        for other in [
            #"{"event":"star","payload":{"starred_at":"2025-11-29T10:30:00Z","a":[1.0,{"b":false}]}}"#,
            #"{"event":"star","payload":{"starred_at":"2025-11-29T10:30:00Z","a":[1.0,{"b":null},[]]}}"#,
            #"{"event":"watch","payload":{"starred_at":"2025-11-29T10:30:00Z","a":[1.0,{"b":null}]}}"#,
            #"{"event":"star","example":"x","payload":{"starred_at":"2025-11-29T10:30:00Z","a":[1.0,{"b":null}]}}"#,
        ] {
            #expect(try github(text).id != github(other).id)
        }
    }

    @Test(
        "dates a webhook by the newest thing it reports as done",
        arguments: [
            (#"{"issue":{"created_at":"2020-01-01T00:00:00Z","updated_at":"2020-01-02T00:00:00Z"}}"#, "2020-01-02"),
            (#"{"a":[{"b":{"closed_at":"2021-01-01T00:00:00+01:00"}}]}"#, "2020-12-31T23:00:00Z"),
            (#"{"push":{"pushed_at":1600000000}}"#, "2020-09-13T12:26:40Z"),
            (#"{"due_on":"2030-01-01T00:00:00Z","token":{"expires_at":"2030-01-01T00:00:00Z"}}"#, "2008-04-10"),
            (#"{"client_payload":{"created_at":"2030-01-01T00:00:00Z"},"x_at":"soon","y_at":-1}"#, "2008-04-10"),
            (#"{"a_at":1e20,"b_at":"0001-01-01T00:00:00Z","c_at":null,"d_at":{"to_at":"2019-05-05"}}"#, "2019-05-05"),
        ])
    func times(payload: String, expected: String) throws {
        let record = try github(#"{"event":"x","payload":\#(payload)}"#)
        #expect(record.id.timestamp == Timestamp(iso8601: expected))
    }

    @Test("reads a commit")
    func commits() throws {
        let line = """
            {"repository":"architect/dynalite","commit":"cbf57937f47c","committed_at":"2013-06-17T18:54:19+10:00",\
            "author":"fe333eac30d08732","files":12,"insertions":2496,"deletions":0}
            """
        let record = try commit(line)
        #expect(record.type == .agentExecution)
        #expect(record.id.timestamp == Timestamp(iso8601: "2013-06-17T08:54:19Z"))
        #expect(record.user?.username == "fe333eac30d08732")
        #expect(record.repository?.fullName == "architect/dynalite")
        // From 2^62 up: beyond all that GitHub numbers, and positive.
        #expect(try #require(record.user).githubID >= 1 << 62)
        #expect(try #require(record.repository).githubID >= 1 << 62)
        #expect(record.data["insertions"] == .number(2496))
        #expect(try commit(line.replacing("2496", with: "1")).id == record.id)
        #expect(try commit(line.replacing("cbf5", with: "abf5")).id != record.id)
    }

    @Test(
        "says what is wrong with a line",
        arguments: [
            ("[]", "no JSON object"), ("{", "the JSON text ends too early at byte 2"),
            (#"{"payload":{}}"#, "event is not a text"), (#"{"event":"x"}"#, "payload is no object"),
            (#"{"event":"x","payload":[]}"#, "payload is no object"),
            (#"{"event":"x","payload":{"sender":{"id":0,"login":"a"}}}"#, "sender.id is not a whole number"),
            (#"{"event":"x","payload":{"sender":{"id":1.5,"login":"a"}}}"#, "sender.id is not a whole number"),
            (#"{"event":"x","payload":{"sender":{"id":1}}}"#, "sender.login is not a text"),
            (#"{"event":"x","payload":{"sender":{"id":1,"login":"a\u0000"}}}"#, "sender.login is longer"),
            (#"{"event":"x","payload":{"repository":{"id":1,"full_name":"a"}}}"#, "full_name is not owner/name"),
            (#"{"event":"x","payload":{"repository":{"full_name":"a/b"}}}"#, "repository.id is not a whole number"),
            (#"{"event":"issues","payload":{}}"#, "payload.issue is no object"),
            (#"{"event":"issues","payload":{"issue":{"number":"1"}}}"#, "issue.number is not a whole number"),
            (
                #"{"event":"issues","payload":{"issue":{"number":2147483648}}}"#,
                "issue.number is not a whole number from 1 to 2147483647"
            ),
        ])
    func badWebhooks(line: String, reason: String) throws {
        let error = #expect(throws: (any Error).self) { try github(line) }
        #expect(error.map { "\($0)".contains(reason) } == true, "\(error.map { "\($0)" } ?? "no error")")
    }

    @Test(
        "refuses a commit without what it needs",
        arguments: ["repository", "commit", "committed_at", "author", "files", "insertions", "deletions"])
    func badCommits(missing: String) throws {
        var members: [String: Any] = [
            "repository": "a/b", "commit": "c", "committed_at": "2025-11-29T10:30:00Z", "author": "d", "files": 1,
            "insertions": 1, "deletions": 0,
        ]
        #expect(throws: Never.self) { try CommitFormat.record(Array(JSONSerialization.data(withJSONObject: members))) }
        for bad in [nil, -1, "1969-01-01T00:00:00Z/"] as [Any?] {
            members[missing] = bad
            if bad is String, missing == "commit" || missing == "author" { continue }
            let error = #expect(throws: (any Error).self) {
                try CommitFormat.record(Array(JSONSerialization.data(withJSONObject: members)))
            }
            #expect(error.map { "\($0)".contains(missing) } == true)
        }
    }
}
