import Foundation
import MiyabiSystem
import MiyabiTestSupport
import Testing

@testable import MiyabiHome

@Suite("The home")
struct HomeTests {
    @Test func isFoundByOptionThenVariableThenDirectory() {
        let current = FileManager.default.currentDirectoryPath
        #expect(MiyabiHome.locate(option: "/a/./b//../c", environment: ["MIYABI_HOME": "/x"]).path == "/a/c")
        #expect(MiyabiHome.locate(environment: ["MIYABI_HOME": "x"]).path == "\(current)/x")
        #expect(MiyabiHome.locate(environment: ["MIYABI_HOME": ""]).path == "\(current)/.miyabi")
    }

    @Test func isPrivate() throws {
        let test = TestHome()
        try test.home.create(account: nil)
        for path in [
            test.home.path, test.home.dynamoDBDirectory, test.home.logDirectory, test.home.runDirectory,
            test.home.secretsDirectory,
        ] {
            #expect(Files.status(path)?.mode == 0o700, "\(path)")
        }
        #expect(Files.read(test.home.path + "/.gitignore") == "*\n")
        try Files.changeMode(test.home.path, 0o755)
        try test.home.create(account: nil)
        #expect(Files.status(test.home.path)?.mode == 0o700)
    }

    @Test func aDirectoryWithOtherThingsIsRefused() throws {
        let test = TestHome()
        try Files.makeDirectory(test.home.path)
        try Files.write("precious", to: test.home.path + "/thesis.txt")
        let error = try #require(throws: OperationsError.self) { try test.home.create(account: nil) }
        #expect(error.code == .unusableHome)
        #expect(Files.read(test.home.path + "/thesis.txt") == "precious")
    }

    @Test(.enabled(if: geteuid() == 0)) func aHomeOfSomebodyElseIsRefused() throws {
        let test = TestHome()
        try test.home.create(account: nil)
        #expect(chown(test.home.path, 65_534, 65_534) == 0)
        let error = try #require(throws: OperationsError.self) { try test.home.create(account: nil) }
        #expect(error.message.contains("belongs to user nobody, and this is root"))
    }

    @Test func aLongPathGetsAShortSocket() {
        let short = ClusterLocation(root: "/srv/app/.miyabi/postgres", shortHash: "0123456789ab")
        #expect(short.socketDirectory == "/srv/app/.miyabi/postgres/run")
        let long = ClusterLocation(root: "/" + String(repeating: "d", count: 90), shortHash: "0123456789ab")
        #expect(long.socketDirectory == "/tmp/miyabi-0123456789ab")
        let limit = String(repeating: "d", count: ClusterLocation.socketPathLimit - "//run/.s.PGSQL.65535".utf8.count)
        #expect(ClusterLocation(root: "/" + limit, shortHash: "x").socketDirectory.hasSuffix("/run"))
        #expect(!ClusterLocation(root: "/" + limit + "d", shortHash: "x").socketDirectory.hasSuffix("/run"))
    }

    @Test func aPassfileIsReadBackAndReplaced() throws {
        let test = TestHome()
        try test.home.create(account: nil)
        let file = PasswordFile(path: test.home.passwordFile(of: .owner), user: "miyabi")
        #expect(try file.password() == nil)
        try file.write(password: "abc", port: 5432, socketDirectory: #"/a:b\c"#)
        #expect(try file.password() == "abc")
        #expect(Files.status(file.path)?.mode == 0o600)
        #expect(Files.read(file.path)?.hasSuffix(#"/a\:b\\c:5432:*:miyabi:abc"# + "\n") == true)
    }

    @Test func aPathWithAControlCharacterIsRefused() {
        let error = #expect(throws: OperationsError.self) {
            try MiyabiHome(path: "/tmp/one\ntwo").create(account: nil)
        }
        #expect(error?.code == .unusableHome)
    }
}
