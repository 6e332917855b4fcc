import Foundation
import Testing

@testable import MiyabiSystem

@Suite("The machine's memory")
struct MachineTests {
    private func machine(_ files: [String: String]) throws -> Machine {
        let root = FileManager.default.temporaryDirectory.path + "/miyabi-machine-\(UUID().uuidString)"
        defer { try? Files.remove(root) }
        for (path, text) in files.merging(
            ["/proc/meminfo": "MemTotal:       8388608 kB\nMemFree: 1 kB\n"], uniquingKeysWith: { a, _ in a })
        {
            let full = root + path
            try Files.makeDirectory(String(full[..<(full.lastIndex(of: "/") ?? full.endIndex)]))
            try Files.write(text, to: full)
        }
        return Machine.current(root: root)
    }

    @Test func isTheTotalWithoutAControlGroup() throws {
        let machine = try machine([:])
        #expect(machine.memoryMiB == 8192)
        #expect(machine.memorySource == "this machine")
        #expect(machine.processors > 0)
    }

    @Test func isTheLowestLimitOfVersion2() throws {
        let machine = try machine([
            "/proc/self/cgroup": "0::/user.slice/job\n", "/sys/fs/cgroup/user.slice/job/memory.max": "max\n",
            "/sys/fs/cgroup/user.slice/memory.max": "2147483648\n",
        ])
        #expect(machine.memoryMiB == 2048)
        #expect(machine.memorySource == "the control group's limit")
    }

    @Test func isTheLimitOfVersion1() throws {
        let limited = try machine([
            "/proc/self/cgroup": "5:cpu:/\n4:memory:/docker/x\n",
            "/sys/fs/cgroup/memory/docker/x/memory.limit_in_bytes": "1073741824\n",
        ])
        #expect(limited.memoryMiB == 1024)
    }

    @Test func ignoresALimitAboveTheTotal() throws {
        let machine = try machine([
            "/proc/self/cgroup": "4:memory:/\n", "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
        ])
        #expect(machine.memoryMiB == 8192)
    }
}
