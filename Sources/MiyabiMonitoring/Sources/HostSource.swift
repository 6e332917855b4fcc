import Glibc
public import MiyabiHome
import MiyabiSystem

/// The machine and this process, by `/proc` and the file system of the home.
public struct HostSource: MetricSource {
    /// What it is called.
    public let name = "host"
    private let path: String
    private let root: String

    /// - Parameter root: what `/proc` is below; a test has its own.
    public init(home: MiyabiHome, root: String = "") {
        path = home.path
        self.root = root
    }

    /// Reads a few small files; none of them waits for a disk.
    public func read() async throws -> [Reading] {
        var readings: [Reading] = []
        func gauge(_ name: String, _ value: Double?) {
            if let value { readings.append(Reading(Series(name), .gauge(value))) }
        }
        if let (busy, idle) = Self.processorTimes(Files.read(root + "/proc/stat") ?? "") {
            let metric = "miyabi_host_cpu_seconds_total"
            readings.append(Reading(Series(metric, ["mode": "busy"]), .counter(busy)))
            readings.append(Reading(Series(metric, ["mode": "idle"]), .counter(idle)))
        }
        let memory = Self.fields(Files.read(root + "/proc/meminfo") ?? "")
        if let total = memory["MemTotal"], let available = memory["MemAvailable"] {
            let limit = Double(Machine.current(root: root).memoryMiB) * 1_048_576
            // Not quite the same number, since mebibytes are whole.
            let isLimited = limit < total - 2_097_152
            gauge("miyabi_host_memory_bytes", isLimited ? limit : total)
            gauge(
                "miyabi_host_memory_available_bytes",
                isLimited ? controlGroupUse.map { min(available, max(0, limit - $0)) } : available)
        }
        gauge(
            "miyabi_host_load_average",
            Files.read(root + "/proc/loadavg").flatMap { $0.split(separator: " ").first.flatMap { Double($0) } })
        var disk = statvfs()
        if statvfs(path, &disk) == 0 {
            gauge("miyabi_host_disk_bytes", Double(disk.f_blocks) * Double(disk.f_frsize))
            gauge("miyabi_host_disk_available_bytes", Double(disk.f_bavail) * Double(disk.f_frsize))
        }
        if let seconds = Self.ownTime(Files.read(root + "/proc/self/stat") ?? "") {
            readings.append(Reading(Series("miyabi_process_cpu_seconds_total"), .counter(seconds)))
        }
        gauge(
            "miyabi_process_resident_memory_bytes", Self.fields(Files.read(root + "/proc/self/status") ?? "")["VmRSS"])
        return readings
    }

    /// Bytes that our control group uses and that cannot be dropped, of version 2; nil where that cannot be read.
    private var controlGroupUse: Double? {
        guard
            let line = (Files.read(root + "/proc/self/cgroup") ?? "").split(separator: "\n").first(where: {
                $0.hasPrefix("0::")
            }), let current = Files.read("\(root)/sys/fs/cgroup\(line.dropFirst(3))/memory.current"),
            let used = Double(current.filter(\.isNumber))
        else { return nil }
        let stat = Files.read("\(root)/sys/fs/cgroup\(line.dropFirst(3))/memory.stat") ?? ""
        let cached = stat.split(separator: "\n").first { $0.hasPrefix("inactive_file ") }
        return used - (cached.flatMap { Double($0.dropFirst("inactive_file ".count)) } ?? 0)
    }

    /// Seconds that all processors were busy and idle, of `/proc/stat`. Waiting for the disk is idle.
    static func processorTimes(_ stat: String) -> (busy: Double, idle: Double)? {
        guard let line = stat.split(separator: "\n").first(where: { $0.hasPrefix("cpu ") }) else { return nil }
        let ticks = line.split(separator: " ").dropFirst().compactMap { Double($0) }
        // user nice system idle iowait irq softirq steal; guests are in user already.
        guard ticks.count >= 8 else { return nil }
        let perSecond = Double(sysconf(Int32(_SC_CLK_TCK)))
        let idle = ticks[3] + ticks[4]
        return ((ticks[..<8].reduce(0, +) - idle) / perSecond, idle / perSecond)
    }

    /// Seconds of processor time that a process has used, of its `stat`.
    static func ownTime(_ stat: String) -> Double? {
        // The program's name, in parentheses, can hold anything.
        guard let end = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[end...].split(separator: " ")
        guard fields.count > 13, let user = Double(fields[12]), let system = Double(fields[13]) else { return nil }
        return (user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
    }

    /// The bytes of lines such as `MemAvailable:   123 kB`.
    static func fields(_ text: String) -> [String: Double] {
        var fields: [String: Double] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(whereSeparator: { $0 == " " || $0 == "\t" })
            guard words.count == 3, words[2] == "kB", let value = Double(words[1]) else { continue }
            fields[String(words[0].dropLast())] = value * 1024
        }
        return fields
    }
}
