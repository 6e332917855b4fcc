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

    @Test func aPlaceThatOthersCanReplaceIsRefused() throws {
        let test = TestHome()
        try Files.makeDirectory(test.parent, mode: 0o755)
        try test.home.create(account: nil)
        try Files.changeMode(test.parent, 0o777)
        let error = try #require(throws: OperationsError.self) { try test.home.create(account: nil) }
        #expect(error.message.hasPrefix("\(test.parent) can be changed by other accounts"))
        // Sticky, as /tmp: nobody but its owner replaces what is in it.
        try Files.changeMode(test.parent, 0o1777)
        try test.home.create(account: nil)
        if geteuid() == 0 {
            try Files.changeMode(test.parent, 0o755)
            #expect(chown(test.parent, 65_534, 65_534) == 0)
            let foreign = try #require(throws: OperationsError.self) { try test.home.create(account: nil) }
            #expect(foreign.message.hasPrefix("\(test.parent) belongs to nobody"))
        }
    }

    @Test func secretsOfOthersAndForOthersAreRefused() throws {
        let test = TestHome()
        try test.home.create(account: nil)
        let path = test.home.passwordFile(of: .application)
        try test.home.password(of: .application).write(password: "abc", port: 1, socketDirectory: "/s")
        try Files.changeMode(path, 0o640)
        let error = try #require(throws: OperationsError.self) { try test.home.password(of: .application).password() }
        #expect(error.advice?.hasSuffix("chmod 600 \(path)") == true)
        try Files.changeMode(path, 0o600)
        #expect(try test.home.password(of: .application).password() == "abc")
        try Files.remove(path)
        #expect(mkfifo(path, 0o600) == 0)
        #expect(throws: OperationsError.self) { try test.home.password(of: .application).password() }
        try Files.remove(path)
        if geteuid() == 0 {
            try Files.write("x:1:*:u:theirs\n", to: path)
            #expect(chown(path, 65_534, 65_534) == 0)
            let foreign = try #require(throws: OperationsError.self) {
                try test.home.password(of: .application).password()
            }
            #expect(foreign.message.contains("belongs to user number 65534"))
        }
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
