import ArgumentParser
import MiyabiHome
import MiyabiOperations

/// `miyabi seed`.
struct SeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed",
        abstract: "Insert made-up users, plugins and repositories, to develop and try things with.",
        discussion: """
            What is there already does not change. The users are admin@miyabi.example, aoi@miyabi.example and \
            ren@miyabi.example; a plugin to sell is miyabi-operations-pro.

            It refuses an external PostgreSQL, and one that has users other than these; --yes inserts the data all the same.
            """)

    @OptionGroup var global: GlobalOptions

    @Flag(help: "Insert the data into an external database, or beside other users.")
    var yes = false

    func run() async throws {
        let summary = try await MiyabiEnvironment.withConnection(
            global.settings, needing: [.postgres], logger: global.logger
        ) { try await DevelopmentData($0).load(evenBesideOthers: yes) }
        if global.json { return try Console.json(summary) }
        try Console.result(summary.sentence)
    }
}

extension DevelopmentData.Summary {
    /// `inserted 3 plugins, 3 users …`
    var sentence: String {
        guard !inserted.isEmpty else { return "the development data is there already: nothing was inserted" }
        return "inserted " + inserted.sorted { $0.key < $1.key }.map { "\($0.value) \($0.key)" }.joined(separator: ", ")
    }
}
