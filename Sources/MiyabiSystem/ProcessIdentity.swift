import FoundationEssentials
package import Glibc

/// A process that cannot be taken for another: numbers are used again, a number with its time of start is not.
package struct ProcessIdentity: Sendable, Equatable {
    /// Its number.
    package let pid: pid_t
    /// When it was started, in the kernel's ticks since the boot: field 22 of `/proc/<pid>/stat`.
    private let start: UInt64
    /// The boot that the ticks count from.
    private let boot: String

    /// The process that has the number now; nil where there is none.
    package init?(pid: pid_t) {
        // The second field, the program's name in brackets, may hold anything.
        guard let stat = Files.read("/proc/\(pid)/stat"), let name = stat.lastIndex(of: ")"),
            case let fields = stat[stat.index(after: name)...].split(separator: " "),
            fields.count > 19, fields[0] != "Z", let start = UInt64(fields[19])
        else { return nil }
        self.pid = pid
        self.start = start
        boot = Self.currentBoot
    }

    /// What ``text`` was; nil for anything else.
    init?(_ text: String) {
        let fields = text.split(whereSeparator: \.isWhitespace)
        guard fields.count == 3, let pid = pid_t(fields[0]), pid > 0, let start = UInt64(fields[1]) else { return nil }
        (self.pid, self.start, boot) = (pid, start, String(fields[2]))
    }

    /// One line, to find it again by.
    var text: String { "\(pid) \(start) \(boot)\n" }

    /// Whether it still runs.
    package var isAlive: Bool { ProcessIdentity(pid: pid) == self }

    /// Whether it runs a program of this name, from whatever directory, also where the file was replaced since.
    package func runs(_ program: String) -> Bool {
        guard let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/\(pid)/exe") else {
            return false
        }
        let name = path.split(separator: "/").last.map(String.init) ?? path
        return name == program || name == program + " (deleted)"
    }

    /// Sends a signal; nothing where it has ended.
    ///
    /// - Throws: `system` where it is another account's.
    package func signal(_ number: Int32) throws(OperationsError) {
        guard isAlive, kill(pid, number) != 0, errno != ESRCH else { return }
        throw .system("stop process \(pid)")
    }

    private static let currentBoot =
        Files.read("/proc/sys/kernel/random/boot_id")?.split(separator: "\n").first.map(String.init) ?? "-"
}
