import Postgres
import TestSupport
import Testing

@Suite struct CopyOutTests {
    private struct Stop: Error {}

    @Test func givesEveryRow() async throws {
        try await withTestConnection { db in
            let (rows, bytes) = try await db.copyOut("COPY (SELECT generate_series(1, 100000)) TO STDOUT") { data in
                var (rows, bytes) = (0, 0)
                for try await piece in data {
                    rows += 1
                    bytes += piece.count
                }
                return (rows, bytes)
            }
            #expect(rows == 100_000)
            #expect(bytes == 588_895)  // digits and line breaks
            #expect(try await db.query("SELECT 1").count == 1)
        }
    }

    @Test func leavingEarlyStopsTheStatement() async throws {
        try await withTestConnection { db in
            let first = try await db.copyOut("COPY (SELECT generate_series(1, 1000000000)) TO STDOUT") { data in
                for try await piece in data { return piece }
                return []
            }
            #expect(first == Array("1\n".utf8))
            await #expect(throws: Stop.self) {
                try await db.copyOut("COPY (SELECT generate_series(1, 1000000000)) TO STDOUT") { _ in throw Stop() }
            }
            #expect(try await db.query("SELECT 1").count == 1)
        }
    }

    @Test(arguments: [10, 1_000_000]) func leavingEarlyComesToTheSame(count: Int) async throws {
        try await withTestConnection { db in
            try await db.executeScript("CREATE TABLE t (a int)")
            try await db.withTransaction { db in
                try await db.copyOut(
                    "COPY (INSERT INTO t SELECT generate_series(1, \(count)) RETURNING a) TO STDOUT"
                ) { data in
                    for try await _ in data { break }
                }
                try await db.execute("INSERT INTO t VALUES (-1)")
            }
            #expect(try await db.query("SELECT a FROM t").decode(Int.self) == [-1])
        }
    }

    @Test func whatIsNoCopyOutIsRefused() async throws {
        try await withTestConnection { db in
            try await db.executeScript("CREATE TABLE t (id int)")
            for sql in ["SELECT 1", "COPY t FROM STDIN", ""] {
                let error = await #expect(throws: PostgresError.self) { try await db.copyOut(sql) { _ in } }
                #expect(error?.code == .copyMisuse)
            }
            let error = await #expect(throws: PostgresError.self) {
                try await db.copyOut("COPY (SELECT 1 / (5 - n) FROM generate_series(1, 9) n) TO STDOUT") { data in
                    for try await _ in data {}
                }
            }
            #expect(error?.sqlState == "22012")
            #expect(try await db.query("SELECT 1").count == 1)
        }
    }

    @Test func aCancelledTaskStopsTheCopy() async throws {
        try await withTestConnection { db in
            let task = Task {
                try await db.copyOut("COPY (SELECT pg_sleep(0.01) FROM generate_series(1, 100000)) TO STDOUT") { data in
                    for try await _ in data {}
                }
            }
            try await Task.sleep(for: .milliseconds(200))
            task.cancel()
            await #expect(throws: CancellationError.self) { try await task.value }
            #expect(try await db.query("SELECT 1").count == 1)
        }
    }
}
