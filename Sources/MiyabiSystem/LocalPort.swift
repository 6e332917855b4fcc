import FoundationEssentials
import Glibc

/// Questions about TCP ports on 127.0.0.1.
package enum LocalPort {
    /// Who listens on a port, as far as this user may know.
    package struct Owner: Sendable, CustomStringConvertible {
        package let pid: Int32
        package let name: String
        package var description: String { "\(name) (process \(pid))" }
    }

    /// Whether a server could listen on the port now. As PostgreSQL does, it ignores connections that are winding down.
    package static func isFree(_ port: Int) throws(OperationsError) -> Bool {
        try listen(on: port) != nil
    }

    /// A port that nobody uses, chosen by the kernel.
    package static func anyFree() throws(OperationsError) -> Int {
        guard let port = try listen(on: 0) else {
            throw OperationsError(.portInUse, "there is no free TCP port on 127.0.0.1")
        }
        return port
    }

    /// Listens for a moment; the port it got, or nil when it is taken.
    private static func listen(on port: Int) throws(OperationsError) -> Int? {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw .system("make a socket") }
        defer { close(descriptor) }
        var yes: Int32 = 1
        setsockopt(descriptor, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(port).bigEndian
        address.sin_addr.s_addr = in_addr_t(0x7f00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(descriptor, $0, size) }
        }
        guard bound == 0, Glibc.listen(descriptor, 1) == 0 else {
            if errno == EADDRINUSE { return nil }
            throw .system("listen on 127.0.0.1, port \(port)")
        }
        var length = size
        _ = withUnsafeMutablePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &length) }
        }
        return Int(in_port_t(bigEndian: address.sin_port))
    }

    /// The process that listens on the port, found as `ss -p` does: the socket's inode in the kernel's table, then the
    /// process that has it open. Nil when it is another user's and we are not root.
    package static func owner(of port: Int) -> Owner? {
        let inodes = Set(
            ["tcp", "tcp6"].flatMap { listeningInodes(table: Files.read("/proc/net/\($0)") ?? "", port: port) })
        if inodes.isEmpty { return nil }
        let links = Set(inodes.map { "socket:[\($0)]" })
        for entry in Files.entries("/proc") {
            guard let pid = Int32(entry) else { continue }
            let directory = "/proc/\(pid)/fd"
            guard Files.entries(directory).contains(where: { links.contains(readLink("\(directory)/\($0)") ?? "") })
            else {
                continue
            }
            let name = Files.read("/proc/\(pid)/comm")?.split(separator: "\n").first.map(String.init)
            return Owner(pid: pid, name: name ?? "unknown")
        }
        return nil
    }

    /// Rows of `/proc/net/tcp` in state 0A (listening) with this local port; column 9 is the inode.
    package static func listeningInodes(table: String, port: Int) -> [String] {
        let suffix =
            ":" + String(repeating: "0", count: max(0, 4 - String(port, radix: 16).count))
            + String(port, radix: 16, uppercase: true)
        return table.split(separator: "\n").dropFirst().compactMap { line in
            let fields = line.split(separator: " ")
            guard fields.count > 9, fields[3] == "0A", fields[1].hasSuffix(suffix) else { return nil }
            return String(fields[9])
        }
    }

    private static func readLink(_ path: String) -> String? {
        try? FileManager.default.destinationOfSymbolicLink(atPath: path)
    }

    /// What to tell a user whose port is taken.
    package static func inUse(_ port: Int, option: String, variable: String) -> OperationsError {
        let owner = owner(of: port)
        let subject = owner?.description ?? "another program"
        return OperationsError(
            .portInUse, "port \(port) on 127.0.0.1 is in use by \(subject)",
            advice:
                "Choose another port with \(option) N or \(variable)=N (0 takes any free one), or stop that program if it is yours."
        )
    }
}
