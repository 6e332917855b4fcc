import FoundationEssentials
import Logging
import Testing

@testable import MiyabiOperations

/// A home for one test, removed at its end, wherever its cluster went.
struct TestHome: ~Copyable {
    let home: MiyabiHome

    init(below directory: String = "/tmp", function: String = #function) {
        let name = function.prefix { $0 != "(" }
        home = MiyabiHome(path: "\(directory)/operations-\(name.prefix(24))-\(UInt32.random(in: 0 ... .max))/home")
    }

    var parent: String { String(home.path.dropLast("/home".count)) }

    deinit {
        try? Files.remove("/var/lib/miyabi/\(home.shortHash)")
        try? Files.remove("/tmp/miyabi-\(home.shortHash)")
        try? Files.remove(parent)
    }

    static let tuning = ServerTuning(machine: Machine(memoryMiB: 1024, processors: 2), instances: 1, poolSize: 20)

    func start(port: Int = 0) async throws -> EmbeddedPostgres {
        try await EmbeddedPostgres.start(
            EmbeddedPostgres.Options(home: home, port: port, tuning: Self.tuning), logger: Self.logger)
    }

    static var logger: Logger {
        var logger = Logger(label: "test")
        logger.logLevel = .warning
        return logger
    }
}
