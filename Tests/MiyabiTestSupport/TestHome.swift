package import MiyabiHome
import MiyabiSystem

/// A home for one test, removed at its end, wherever its cluster went.
package struct TestHome: ~Copyable {
    package let home: MiyabiHome

    package init(below directory: String = "/tmp", function: String = #function) {
        let name = function.prefix { $0 != "(" }
        home = MiyabiHome(path: "\(directory)/operations-\(name.prefix(16))-\(UInt32.random(in: 0 ... .max))/home")
    }

    package var parent: String { String(home.path.dropLast("/home".count)) }

    deinit {
        try? Files.remove("/var/lib/miyabi/\(home.shortHash)")
        try? Files.remove("/tmp/miyabi-\(home.shortHash)")
        try? Files.remove(parent)
    }
}
