import Foundation
import NIOHTTP1
import Testing

@testable import DynamoDBService

/// What a page of any site can make a browser send to this machine, and that it gets nothing for it.
@Suite struct WebPagesTests {
    @Test(arguments: ["http://evil.example", "null", "https://b", "http://b:81"])
    func aPageThatNobodyNamedIsRefused(origin: String) async throws {
        try await TestServer.run(authentication: Authentication(origins: ["http://b"])) { server in
            let connection = try RawConnection(port: server.port)
            connection.send("OPTIONS / HTTP/1.1\r\nHost: localhost\r\nOrigin: \(origin)\r\n\r\n")
            let preflight = try connection.receive(until: "\r\n\r\n")
            #expect(preflight.hasPrefix("HTTP/1.1 404") && !preflight.contains("access-control"))
            let another = try RawConnection(port: server.port)
            another.send(rawRequest("ListTables", "{}", "Origin: \(origin)\r\n"))
            let answer = try another.receive(until: "}")
            #expect(answer.contains("AccessDeniedException") && !answer.contains("access-control"))
        }
    }

    /// A site that makes its own name lead to 127.0.0.1 is of one origin with what answers there.
    @Test func aForeignNameForThisMachineIsRefused() async throws {
        try await TestServer.run { server in
            let connection = try RawConnection(port: server.port)
            connection.send(
                rawRequest("ListTables", "{}").replacing("Host: localhost", with: "Host: evil.example:8000"))
            let answer = try connection.receive(until: "}")
            #expect(answer.contains("AccessDeniedException") && answer.contains("127.0.0.1"))
        }
    }

    /// The negative control: with the guards off, both attacks work.
    @Test func whereEverybodyMayAskPagesMayToo() async throws {
        let rules = Authentication(allowsUnauthenticated: true, origins: ["*"])
        try await TestServer.run(authentication: rules) { server in
            let connection = try RawConnection(port: server.port)
            connection.send(
                rawRequest("ListTables", "{}", "Origin: http://evil.example\r\n")
                    .replacing("Host: localhost", with: "Host: evil.example"))
            let answer = try connection.receive(until: "}")
            #expect(answer.contains("TableNames") && answer.contains("access-control-allow-origin: *\r\n"))
        }
    }

    @Test(arguments: [
        "localhost", "LOCALHOST:8000", "127.0.0.1", "127.8.9.10:1", "[::1]", "[::1]:8000", "dynamodb.localhost:80",
    ])
    func namesOfThisMachine(host: String) {
        #expect(WebPages.isLoopback(host))
    }

    @Test(arguments: [
        "", "evil.example", "localhost.evil.example", "127.0.0.1.evil.example", "127.evil", "[::2]", "[::1].evil",
        "localhost:80.evil", "1270.0.0.1", "127.0.0.999", "localhost:8000@evil", "evillocalhost",
    ])
    func namesOfOthers(host: String) {
        #expect(!WebPages.isLoopback(host))
    }

    @Test func anOriginHasNoPath() {
        for origin in ["*", "http://localhost:3000", "https://app.example", "chrome-extension://abc"] {
            #expect(Authentication.isOrigin(origin), "\(origin)")
        }
        for text in [
            "", "localhost:3000", "http://", "http://a/", "http://*.a", "http://a, http://b", "http://a\r\nX: y",
        ] {
            #expect(!Authentication.isOrigin(text), "\(text)")
        }
    }
}
