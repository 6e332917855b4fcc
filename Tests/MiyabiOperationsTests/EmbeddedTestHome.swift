import FoundationEssentials
import Logging
import MiyabiHome
import MiyabiSystem
import MiyabiTestSupport
import Postgres
import Testing

@testable import MiyabiOperations

extension TestHome {
    static let tuning = ServerTuning(machine: Machine(memoryMiB: 512, processors: 2), instances: 1, poolSize: 20)

    func options(port: Int = 0) -> EmbeddedPostgres.Options {
        EmbeddedPostgres.Options(home: home, port: port, tuning: Self.tuning)
    }

    /// Starts and sets up a server, and stops it after the body.
    func withServer<R>(port: Int = 0, _ body: (EmbeddedPostgres) async throws -> R) async throws -> R {
        let server = try await EmbeddedPostgres.start(options(port: port), logger: Self.logger)
        do {
            try await server.bootstrap(logger: Self.logger)
            let result = try await body(server)
            await server.stop()
            return result
        } catch {
            await server.stop()
            throw error
        }
    }

    /// Silent: the tests provoke what is worth a warning.
    static let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
}

extension EmbeddedPostgres {
    /// Expects one query's answer.
    func expect(
        _ sql: String, _ answer: [String], as configuration: PostgresConfiguration? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        let found = try await ask(sql, as: configuration)
        #expect(found == answer, sourceLocation: sourceLocation)
    }

    /// Runs one query as the owner, and gives the first column as text.
    func ask(_ sql: String, as configuration: PostgresConfiguration? = nil) async throws -> [String] {
        let connection = try await PostgresConnection.connect(
            configuration ?? self.configuration(of: .owner), logger: TestHome.logger)
        do {
            let rows = try await connection.query(PostgresQuery(unsafeSQL: sql)).map { try $0.decode(String.self) }
            await connection.close()
            return rows
        } catch {
            await connection.close()
            throw error
        }
    }
}

extension Files {
    /// Writes as an account, which then owns the file.
    static func write(_ text: String, to path: String, owner: ServiceAccount?) throws(OperationsError) {
        try owner.act { () throws(OperationsError) in try Files.write(text, to: path) }
    }
}
