import Foundation
import Testing

@testable import MiyabiMigrations

struct NewMigrationTests {
    @Test func numbersGoOnAsTheOthersDo() throws {
        func name(_ existing: [Migration], _ numbering: NewMigration.Numbering = .sequential) throws -> String {
            try NewMigration(name: "add  a_thing", after: existing, numbering: numbering).upFileName
        }
        #expect(try name([]) == "001_add_a_thing.up.sql")
        #expect(try name([Fixture.migration(8), Fixture.migration(9)]) == "010_add_a_thing.up.sql")
        #expect(try name([Fixture.migration(999)]) == "1000_add_a_thing.up.sql")
        #expect(try name([Fixture.migration(9)], .timestamp(Fixture.date)) == "20251129103000_add_a_thing.up.sql")
        let afterTimestamp = try NewMigration(
            name: "x", after: [Fixture.migration(20_251_129_103_000)], numbering: .sequential)
        #expect(afterTimestamp.version > 20_251_129_103_000)
        #expect(String(afterTimestamp.version).count == 14)
    }

    @Test func aTimestampThatIsNotTheLatestIsRefused() {
        let error = #expect(throws: MigrationError.self) {
            try NewMigration(
                name: "x", after: [Fixture.migration(20_301_129_103_000)], numbering: .timestamp(Fixture.date))
        }
        #expect(error?.code == .cannotCreate)
    }

    @Test(arguments: ["", "  ", "a/b", "../x", "a.b", "a\nb"])
    func badNamesAreRefused(_ name: String) {
        #expect(throws: MigrationError.self) { try NewMigration(name: name, after: [], numbering: .sequential) }
    }

    @Test func thePairIsWrittenOnceAndLoads() throws {
        let directory = try TemporaryDirectory()
        let new = try NewMigration(name: "add index", after: [], numbering: .sequential)
        let files = try new.write(to: directory.url)
        #expect(files.map(\.lastPathComponent) == ["001_add_index.up.sql", "001_add_index.down.sql"])
        let migration = try #require(try Migration.load(directory: directory.url).first)
        #expect(migration.description == "add index")
        #expect(migration.up.isTransactional)
        #expect(migration.up.isUnwritten)
        #expect(migration.up.parsed.statements.isEmpty)

        let error = #expect(throws: MigrationError.self) { try new.write(to: directory.url) }
        #expect(error?.message.hasSuffix("001_add_index.up.sql exists already") == true)
    }

    @Test func theDirectoryIsMade() throws {
        let directory = try TemporaryDirectory()
        let deep = directory.url.appending(path: "a/b")
        _ = try NewMigration(name: "x", after: [], numbering: .sequential).write(to: deep)
        #expect(try Migration.load(directory: deep).count == 1)
        try directory.write("file", Data())
        let error = #expect(throws: MigrationError.self) {
            try NewMigration(name: "x", after: [], numbering: .sequential).write(
                to: directory.url.appending(path: "file"))
        }
        #expect(error?.code == .cannotCreate)
    }

    @Test func whenOneFileCannotBeWrittenNeitherIs() throws {
        let directory = try TemporaryDirectory()
        let new = try NewMigration(name: "x", after: [], numbering: .sequential)
        try directory.write(new.downFileName, Data("mine".utf8))
        #expect(throws: MigrationError.self) { try new.write(to: directory.url) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.url.path) == [new.downFileName])
        #expect(try Data(contentsOf: directory.url.appending(path: new.downFileName)) == Data("mine".utf8))
    }
}
