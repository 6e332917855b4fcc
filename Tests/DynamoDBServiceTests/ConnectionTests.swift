import DynamoDB
import Foundation
import NIOCore
import Testing

@testable import DynamoDBService

/// What happens on the wire.
@Suite struct ConnectionTests {
    @Test func pipelinedRequestsAreAnsweredInOrder() async throws {
        try await TestServer.run { server in
            let connection = try RawConnection(port: server.port)
            let operations = ["ListTables", "Nothing", "ListTables", "DescribeTable"]
            connection.send(operations.map { rawRequest($0, "{}") }.joined())
            connection.endSending()
            let answers = String(decoding: try connection.receiveAll(), as: UTF8.self)
            #expect(answers.occurrences(of: "HTTP/1.1 ") == 4)
            let marks = ["\"TableNames\"", "UnknownOperation", "\"TableNames\"", "ValidationException"]
            var rest = answers[...]
            for mark in marks {
                let range = try #require(rest.range(of: mark), "\(answers)")
                rest = rest[range.upperBound...]
            }
        }
    }

    @Test func bodiesMayComeInChunks() async throws {
        try await TestServer.run { server in
            let connection = try RawConnection(port: server.port)
            connection.send(
                rawRequest(
                    "ListTables", "7\r\n{\"Limit\r\n5\r\n\": 1}\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n"))
            #expect(try connection.receive(until: "}").contains("200 OK"))
        }
    }

    @Test func aClientMayAskBeforeItSendsTheBody() async throws {
        try await TestServer.run { server in
            let connection = try RawConnection(port: server.port)
            let request = rawRequest("ListTables", "{}", "Expect: 100-continue\r\n")
            connection.send(String(request.dropLast(2)))
            #expect(try connection.receive(until: "\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n")
            connection.send("{}")
            #expect(try connection.receive(until: "}").contains("200 OK"))

            let refused = try RawConnection(port: server.port)
            refused.send(
                "POST / HTTP/1.1\r\nHost: localhost\r\nExpect: 100-continue\r\nContent-Length: 16777217\r\n\r\n")
            #expect(String(decoding: try refused.receiveAll(), as: UTF8.self).hasPrefix("HTTP/1.1 413 "))
        }
    }

    @Test func olderClientsAreToldWhetherTheConnectionStays() async throws {
        try await TestServer.run { server in
            let once = try RawConnection(port: server.port)
            once.send(rawRequest("ListTables", "{}", version: "1.0"))
            #expect(String(decoding: try once.receiveAll(), as: UTF8.self).contains("connection: close\r\n"))
            let again = try RawConnection(port: server.port)
            again.send(rawRequest("ListTables", "{}", "Connection: keep-alive\r\n", version: "1.0"))
            #expect(try again.receive(until: "}").contains("connection: keep-alive\r\n"))
            again.send(rawRequest("ListTables", "{}", "Connection: close\r\n"))
            #expect(String(decoding: try again.receiveAll(), as: UTF8.self).contains("connection: close\r\n"))
        }
    }

    @Test func aClientThatSendsNoMoreIsStillAnswered() async throws {
        try await TestServer.run { server in
            let connection = try RawConnection(port: server.port)
            connection.send(rawRequest("ListTables", "{}"))
            connection.endSending()
            #expect(String(decoding: try connection.receiveAll(), as: UTF8.self).contains("200 OK"))
        }
    }

    @Test(arguments: [
        "nonsense\r\n\r\n", "POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", "POST / HTTP/9.9\r\n\r\n",
        "POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", "POST / HTTP/1.1\r\nno colon\r\n\r\n",
        "POST / HTTP/1.1\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}",
        "POST / HTTP/1.1\r\nA: \(String(repeating: "a", count: 100_000))\r\n\r\n",
        "POST / HTTP/1.1\r\n\(String(repeating: "A: a\r\n", count: 300))\r\n",
    ])
    func whatIsNotHTTPIsRefusedAfterWhatCameBefore(text: String) async throws {
        try await TestServer.run { server in
            let connection = try RawConnection(port: server.port)
            connection.send(rawRequest("ListTables", "{}") + text)
            let answers = String(decoding: try connection.receiveAll(), as: UTF8.self)
            #expect(answers.hasPrefix("HTTP/1.1 200 OK"))
            #expect(answers.occurrences(of: "HTTP/1.1 400 ") == 1, "\(answers)")
        }
    }

    /// Each closes by itself; a server that keeps them open fails the receipt.
    @Test(arguments: ["", "POST / HT", "POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\n{", rawRequest("ListTables", "{}")])
    func slowAndIdleConnectionsAreClosed(text: String) async throws {
        let isWhole = text.hasSuffix("{}")
        let limits = ServerLimits.test { limits in
            // A whole request has all the time that it needs: it is then idle.
            if isWhole { limits.idle = .milliseconds(50) } else { limits.transfer = .milliseconds(50) }
        }
        try await TestServer.run(limits: limits) {
            let connection = try RawConnection(port: $0.port)
            connection.send(text)
            #expect(try connection.receiveAll().isEmpty == !isWhole)
        }
    }

    /// Two have a request in hand, the third waits; when one is answered, it gives its place to the third.
    @Test func connectionsBeyondTheLimitWait() async throws {
        try await TestServer.run(limits: .test { $0.connections = 2 }) { server in
            let connections = try #require(server.server.connections)
            let busy = try (0..<2).map { _ in
                let connection = try RawConnection(port: server.port)
                connection.send(String(rawRequest("ListTables", "{}", "Expect: 100-continue\r\n").dropLast(2)))
                #expect(try connection.receive(until: "\r\n\r\n").contains("100 Continue"))
                return connection
            }
            let third = try RawConnection(port: server.port)
            third.send(rawRequest("ListTables", "{}"))
            busy[0].send("{}")
            #expect(try busy[0].receive(until: "}").contains("200 OK"))
            #expect(try third.receive(until: "}").contains("200 OK"))
            #expect(try busy[0].receiveAll().isEmpty)
            busy[1].send("{}")
            #expect(try busy[1].receive(until: "}").contains("200 OK"))
            #expect(connections.mostOpen == 2)
        }
    }

    /// However many come at once, no more are accepted than there are places for, and a client that is served stays.
    @Test func newConnectionsKeepNobodyOut() async throws {
        try await TestServer.run(limits: .test { $0.connections = 32 }) { server in
            let served = try RawConnection(port: server.port)
            for _ in 0..<3 {
                served.send(rawRequest("ListTables", "{}"))
                #expect(try served.receive(until: "}").contains("200 OK"))
                let unused = try (0..<200).map { _ in try RawConnection(port: server.port) }
                for connection in unused.prefix(100) { #expect(try connection.receiveAll().isEmpty) }
            }
            served.send(rawRequest("ListTables", "{}"))
            #expect(try served.receive(until: "}").contains("200 OK"))
            let mostOpen = try #require(server.server.connections).mostOpen
            #expect(mostOpen > 28 && mostOpen <= 32, "\(mostOpen)")
        }
    }

    @Test func otherMethodsAndAllowedOriginsAreAnswered() async throws {
        try await TestServer.run(authentication: Authentication(origins: ["http://b", "http://c:1"])) { server in
            let connection = try RawConnection(port: server.port)
            connection.send("HEAD / HTTP/1.1\r\nHost: localhost\r\n\r\n")
            #expect(try connection.receive(until: "\r\n\r\n").contains("content-length: 0\r\n"))
            connection.send(
                "OPTIONS / HTTP/1.1\r\nHost: localhost\r\nOrigin: http://b\r\nAccess-Control-Request-Headers: x-amz-target\r\n\r\n"
            )
            let preflight = try connection.receive(until: "\r\n\r\n")
            #expect(preflight.contains("access-control-allow-origin: http://b\r\n"))
            #expect(preflight.contains("access-control-allow-headers: x-amz-target\r\n"))
            connection.send(rawRequest("ListTables", "{}", "Origin: http://b\r\n"))
            #expect(try connection.receive(until: "}").contains("access-control-allow-origin: http://b\r\n"))
        }
    }
}
