import CSpawn
import Glibc

extension Files {
    /// A file that is on no disk and has no name, for this process and what it becomes: its descriptor. Nobody but its
    /// owner may read it.
    package static func inMemory(_ text: String) throws(OperationsError) -> Int32 {
        let descriptor = memfd_create("miyabi", 0)
        guard descriptor >= 0 else { throw .system("make a file in memory") }
        try writeAll(Array(text.utf8), to: descriptor, path: "a file in memory")
        guard fchmod(descriptor, 0o600) == 0 else { throw .system("set the permissions of", "a file in memory") }
        return descriptor
    }
}
