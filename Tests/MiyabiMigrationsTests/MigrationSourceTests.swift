import Foundation
import MiyabiSystem
import Testing

@testable import MiyabiMigrations

struct MigrationSourceTests {
    @Test func namesAreReadAsSqlxReadsThem() throws {
        let up = try #require(try MigrationFileName("001_initial_schema.up.sql"))
        #expect(up.version == 1)
        #expect(up.description == "initial schema")
        #expect(up.kind == .up)
        #expect(try MigrationFileName("20251129103000_x.down.sql")?.kind == .down)
        #expect(try MigrationFileName("20251129103000_x.down.sql")?.version == 20_251_129_103_000)
        let simple = try #require(try MigrationFileName("7_a_b.sql"))
        #expect(simple.kind == .simple)
        #expect(simple.description == "a b")
        #expect(try MigrationFileName("7_a.sql.sql")?.description == "a")
        #expect(try MigrationFileName("README.md") == nil)
        #expect(try MigrationFileName("7-a.sql") == nil)
        #expect(try MigrationFileName("7_a.txt") == nil)
    }

    @Test(arguments: [
        "0_a.sql", "-1_a.sql", "+1_a.sql", "x_a.up.sql", "_a.sql", "9223372036854775808_a.sql", "１_a.sql",
    ])
    func aBadVersionIsNamed(_ name: String) {
        let error = #expect(throws: MigrationError.self) { try MigrationFileName(name) }
        #expect(error?.code == .invalidSource)
        #expect(error?.message.hasPrefix(name + ": ") == true)
    }

    @Test func filesPairInTheOrderOfTheirVersions() throws {
        let migrations = try Migration.assemble([
            ("010_c.up.sql", "c"), ("010_c.down.sql", "-c"), ("2_b.sql", "b"), ("001_a.down.sql", "-a"),
            ("001_a.up.sql", "a"), ("notes.txt", ""),
        ])
        #expect(migrations.map(\.version) == [1, 2, 10])
        #expect(migrations.map(\.up.sql) == ["a", "b", "c"])
        #expect(migrations.map(\.down?.sql) == ["-a", nil, "-c"])
    }

    @Test func everyFaultOfASourceIsNamed() {
        let error = #expect(throws: MigrationError.self) {
            try Migration.assemble([
                ("001_a.up.sql", ""), ("002_b.down.sql", ""), ("3_c.sql", ""), ("003_d.up.sql", ""),
                ("003_d.down.sql", ""), ("x_y.sql", ""), ("4_e.sql", "\0"), ("5_f.sql", ""), ("5_f.down.sql", ""),
            ])
        }
        let message = error?.message ?? ""
        #expect(error?.code == .invalidSource)
        #expect(message.contains("001_a.up.sql has no .down.sql beside it"))
        #expect(message.contains("002_b.down.sql has no .up.sql beside it"))
        #expect(message.contains("version 3 is used more than once: 003_d.down.sql, 003_d.up.sql, 3_c.sql"))
        #expect(message.contains("x_y.sql: \"x\" is not a version"))
        #expect(message.contains("4_e.sql contains a zero byte"))
        #expect(message.contains("5_f.down.sql belongs to an .up.sql"))
    }

    @Test func theChecksumIsSHA384OfTheBytes() {
        // echo -n 'SELECT 1;' | sha384sum
        let script = MigrationScript(fileName: "1_a.sql", sql: "SELECT 1;")
        #expect(
            script.checksum.hex
                == "26e71cc37450b183fb5bb72ec4f644ed27de1b55fad3d4d6cfb0ca0d71f42ca990911d74649814105a190325e15d2092")
        #expect(MigrationScript(fileName: "1_a.sql", sql: "SELECT 1;\r\n").checksum != script.checksum)
    }

    @Test func noTransactionMustBeTheFirstBytes() {
        #expect(!MigrationScript(fileName: "", sql: "-- no-transaction\nSELECT 1").isTransactional)
        #expect(!MigrationScript(fileName: "", sql: "-- no-transaction: builds an index\n").isTransactional)
        #expect(MigrationScript(fileName: "", sql: "\n-- no-transaction\n").isTransactional)
        #expect(MigrationScript(fileName: "", sql: "--no-transaction\n").isTransactional)
    }

    @Test func aDirectoryIsLoadedByteForByte() throws {
        let directory = try TemporaryDirectory()
        try directory.write("001_a.up.sql", Data("SELECT 'ü';\r\n\t-- \u{FEFF}end".utf8))
        try directory.write("001_a.down.sql", Data())
        let migration = try #require(try Migration.load(directory: directory.url).first)
        #expect(Array(migration.up.sql.utf8) == Array("SELECT 'ü';\r\n\t-- \u{FEFF}end".utf8))
        #expect(migration.down?.sql == "")

        try directory.write("002_b.sql", Data([0xFF]))
        let error = #expect(throws: MigrationError.self) { try Migration.load(directory: directory.url) }
        #expect(error?.message.contains("002_b.sql is not UTF-8") == true)
        try directory.write("002_b.sql", Data([0xFF, 0xFE, 0x53, 0x00]))
        let utf16 = #expect(throws: MigrationError.self) { try Migration.load(directory: directory.url) }
        #expect(utf16?.message.contains("002_b.sql is UTF-16; save it as UTF-8") == true)
    }

    /// Windows editors begin a file with a byte order mark: part of the checksum, as for sqlx, and not of the SQL.
    @Test func aByteOrderMarkIsNoPartOfTheSQL() throws {
        let directory = try TemporaryDirectory()
        let bytes = Data("\u{FEFF}-- no-transaction\nSELECT nonsense;".utf8)
        try directory.write("001_a.sql", bytes)
        let script = try #require(try Migration.load(directory: directory.url).first?.up)
        #expect(script.sql == "-- no-transaction\nSELECT nonsense;")
        // printf '\\xef\\xbb\\xbf…' | sha384sum
        #expect(
            script.checksum.hex
                == "97a844146b0906f1e669ae3ec576b63607396c664dda6f40b87abc8753115961cfc334266127ed1ae84b4c768b73586e")
        #expect(!script.isTransactional)
        #expect(script.parsed.statements.map(\.offset) == [18])
    }

    @Test func aMissingDirectoryIsNamed() {
        let error = #expect(throws: MigrationError.self) {
            try Migration.load(directory: URL(filePath: "/nowhere/migrations"))
        }
        #expect(error?.code == .invalidSource)
        #expect(error?.message.contains("/nowhere/migrations") == true)
    }
}
