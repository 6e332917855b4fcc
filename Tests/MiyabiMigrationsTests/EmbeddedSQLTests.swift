import EmbedSQLTool
import Foundation
import Testing

@testable import EmbedSQLTool
@testable import MiyabiMigrations

struct EmbeddedSQLTests {
    private static let database = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Database")

    @Test func theMigrationsAreTheFilesByteForByte() throws {
        let directory = Self.database.appending(path: "migrations")
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path).filter { $0.hasSuffix(".sql") }
        #expect(EmbeddedSQL.migrations.map(\.name) == names.sorted())
        #expect(!names.isEmpty)
        for file in EmbeddedSQL.migrations {
            #expect(try Data(contentsOf: directory.appending(path: file.name)) == Data(file.text.utf8), "\(file.name)")
        }
        #expect(try Migration.embedded == Migration.load(directory: directory))
    }

    @Test func theSeedsAreTheFilesByteForByte() throws {
        let directory = Self.database.appending(path: "seeds")
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.path).filter { $0.hasSuffix(".sql") }
        #expect(Seed.embedded.map { $0.name + ".sql" } == names.sorted())
        for seed in Seed.embedded {
            #expect(try Data(contentsOf: directory.appending(path: seed.name + ".sql")) == Data(seed.sql.utf8))
        }
    }

    /// The compiler itself is asked what the literal says: `tricky` below is the generator's output for the same bytes.
    @Test func literalsEscapeWhateverTheCompilerWouldReadItsOwnWay() {
        let text = "a\"b\\c\\(d)\r\n\t\u{0}\u{7F}雅\u{FEFF}e\u{301}\u{2028}#\"\"\"$"
        let literal = EmbedSQLTool.literal(text)
        #expect(
            literal
                == #""a\"b\\c\\(d)\u{d}\n\u{9}\u{0}\u{7f}\u{96c5}\u{feff}e\u{301}\u{2028}#\"\"\"$""#)
        let compiled = "a\"b\\c\\(d)\u{d}\n\u{9}\u{0}\u{7f}\u{96c5}\u{feff}e\u{301}\u{2028}#\"\"\"$"
        #expect(Array(compiled.utf8) == Array(text.utf8))
    }

    @Test func aFileThatIsNotUTF8StopsTheBuild() throws {
        let directory = try TemporaryDirectory()
        try directory.write("001_a.up.sql", Data([0x53, 0xC0]))
        #expect(throws: EmbedSQLTool.Failure.self) { try EmbedSQLTool.source(directories: [directory.url]) }
    }
}
