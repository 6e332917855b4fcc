import Postgres
import TestSupport
import Testing

@Suite struct CopyInTests {
    private struct Stop: Error {}

    @Test func copiesRowsWithEverythingEscaped() async throws {
        try await withTestConnection { db in
            try await db.executeScript("CREATE TABLE t (id int, name text)")
            let names: [String?] = ["plain", nil, "", "tab\tline\nreturn\rback\\slash", "\\N", "\\."]
            let count = try await db.copyIn("COPY t FROM STDIN") { writer in
                for (index, name) in names.enumerated() { try await writer.writeRow([String(index), name]) }
            }
            #expect(count == names.count)
            #expect(try await db.query("SELECT name FROM t ORDER BY id").decode(String?.self) == names)
        }
    }

    @Test func copiesMuchMoreThanABuffer() async throws {
        try await withTestConnection { db in
            try await db.executeScript("CREATE TABLE t (id int, filler text)")
            let filler = String(repeating: "x", count: 100)
            let count = try await db.copyIn("COPY t FROM STDIN (FORMAT csv)") { writer in
                for id in 0..<200_000 { try await writer.write("\(id),\(filler)\n") }
            }
            #expect(count == 200_000)
            #expect(try await db.query("SELECT sum(id) FROM t").decode(Int.self) == [19_999_900_000])
        }
    }

    @Test func aThrowingBodyCopiesNothing() async throws {
        try await withTestConnection { db in
            try await db.executeScript("CREATE TABLE t (id int)")
            await #expect(throws: Stop.self) {
                try await db.copyIn("COPY t FROM STDIN") { writer in
                    for id in 0..<50_000 { try await writer.writeRow([String(id)]) }
                    throw Stop()
                }
            }
            #expect(try await db.query("SELECT count(*) FROM t").decode(Int.self) == [0])
        }
    }

    @Test func aRefusedRowIsTheServersError() async throws {
        try await withTestConnection { db in
            try await db.executeScript("CREATE TABLE t (id int)")
            let error = try await #require(throws: PostgresError.self) {
                try await db.copyIn("COPY t FROM STDIN") { writer in
                    try await writer.writeRow(["secret"])
                    for id in 0..<100_000 { try await writer.writeRow([String(id)]) }
                }
            }
            #expect(error.sqlState == "22P02")
            #expect(error.server?.context?.contains("line 1") == true)
            #expect(!error.description.contains("secret"))
            #expect(try await db.query("SELECT count(*) FROM t").decode(Int.self) == [0])
        }
    }

    @Test func nothingElseRunsMeanwhile() async throws {
        try await withTestConnection { db in
            try await db.executeScript("CREATE TABLE t (id int)")
            try await db.copyIn("COPY t FROM STDIN") { writer in
                try await writer.writeRow(["1"])
                let error = try await #require(throws: PostgresError.self) { try await db.query("SELECT 1") }
                #expect(error.code == .connectionBusy)
            }
            #expect(try await db.query("SELECT count(*) FROM t").decode(Int.self) == [1])
        }
    }

    @Test(arguments: ["SELECT 1", "COPY (SELECT 1) TO STDOUT", "COPY nowhere FROM STDIN", ""])
    func otherStatementsAreRefused(_ sql: String) async throws {
        let db = try await PostgresConnection.connect(try await TestCluster.shared.configuration())
        await #expect(throws: PostgresError.self) { try await db.copyIn(sql) { _ in } }
        #expect(try await db.query("SELECT 1").count == 1)
        await db.close()
    }

    /// The server waits for a lock and reads nothing while the client still writes.
    @Test func cancellingABlockedCopy() async throws {
        try await withDatabase { configuration in
            let db = try await PostgresConnection.connect(configuration)
            let holder = try await PostgresConnection.connect(configuration)
            try await db.executeScript("CREATE TABLE t (id int PRIMARY KEY, filler text)")
            try await holder.executeScript("BEGIN; INSERT INTO t VALUES (1)")
            let task = Task {
                let filler = String(repeating: "x", count: 1000)
                try await db.copyIn("COPY t FROM STDIN") { writer in
                    for id in 1..<1_000_000 { try await writer.writeRow([String(id), filler]) }
                }
            }
            try await Task.sleep(for: .milliseconds(400))
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            await holder.close()
            #expect(try await db.query("SELECT count(*) FROM t").decode(Int.self) == [0])
            await db.close()
        }
    }
}
