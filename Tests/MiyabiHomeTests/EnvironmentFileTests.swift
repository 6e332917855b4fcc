import MiyabiSystem
import MiyabiTestSupport
import Testing

@testable import MiyabiHome

@Suite("The .env file")
struct SettingsFileTests {
    @Test func readsWhatShellsRead() throws {
        let text = """
            # a comment
            DB_MAX_CONNECTIONS=20          # Max concurrent connections

            export AWS_REGION = eu-west-1
            URL='postgresql://u:p#w@h/x?a=b'   # not part of it
            DOUBLE="a \\"b\\" \\$c\\n#d"
            HASH=abc#def
            EMPTY=
            EQUALS=a=b=c
            TWICE=1
            TWICE=2
            """
        let variables = try EnvironmentFileText(text).variables
        #expect(
            variables == [
                "DB_MAX_CONNECTIONS": "20", "URL": "postgresql://u:p#w@h/x?a=b", "DOUBLE": "a \"b\" $c\n#d",
                "HASH": "abc#def", "EMPTY": "", "EQUALS": "a=b=c", "TWICE": "2", "AWS_REGION": "eu-west-1",
            ])
    }

    @Test func windowsLineEndsAndAByteOrderMarkAreFine() throws {
        #expect(try EnvironmentFileText("\u{FEFF}A=1\r\nB='2'\r\n").variables == ["A": "1", "B": "2"])
    }

    @Test(arguments: ["no equals sign", "1A=2", "A='open", "A=\"open", "A='x' y", "=1", "A B=1"])
    func aBadLineIsNamedByItsNumberAndNotShown(line: String) throws {
        let error = try #require(throws: OperationsError.self) {
            try EnvironmentFileText("OK=1\n\(line)\n", path: "/x/.env")
        }
        #expect(error.message.hasPrefix("/x/.env, line 2:"))
        #expect(!error.message.contains(line))
    }

    @Test func theFileInTheDirectoryIsLoaded() throws {
        let test = TestHome()
        try Files.makeDirectory(test.home.path)
        try Files.write("DB_MAX_CONNECTIONS=9 # few\nDB_MAXIMUM=1\n", to: test.home.path + "/.env")
        let settings = try Settings.load(environment: [:], directory: test.home.path)
        #expect(settings.postgres.maxConnections == 9)
        #expect(settings.warnings.count == 1)
        #expect(settings.home.path == test.home.path + "/.miyabi")
    }
}
