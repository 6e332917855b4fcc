import Foundation

/// A bare connection to a server, open until it is let go of.
final class Connection {
    private struct Failed: Error {
        let call: String
        let number = errno
    }

    private let socket: Int32

    /// - Parameter endpoint: as the server tells it, on the IPv4 loopback address.
    init(to endpoint: String) throws {
        guard let port = endpoint.split(separator: ":").last.flatMap({ UInt16($0) }) else { throw Failed(call: "port") }
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        guard socket >= 0 else { throw Failed(call: "socket") }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let result = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(socket, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
            }
        }
        guard result == 0 else { throw Failed(call: "connect") }
    }

    deinit { close(socket) }

    /// The status of the answer to a health check.
    func status() throws -> Int {
        let request = Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8)
        guard send(socket, request, request.count, Int32(MSG_NOSIGNAL)) == request.count else {
            throw Failed(call: "send")
        }
        // Headers and body come together, and are short.
        var answer = [UInt8](repeating: 0, count: 4096)
        let count = recv(socket, &answer, answer.count, 0)
        guard count > 0, let status = Int(String(decoding: answer[9..<12], as: UTF8.self)) else {
            throw Failed(call: "recv")
        }
        return status
    }
}

extension Server {
    /// The status of a health check.
    func health() throws -> Int { try Connection(to: endpoint).status() }
}
