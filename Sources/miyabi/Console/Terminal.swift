import Foundation
import Glibc

/// What is known of the terminal, if there is one.
enum Terminal {
    /// Whether lines may be drawn over: only on a terminal that can, and not where NO_COLOR asks for plain text.
    static let drawsOverLines: Bool = {
        let environment = ProcessInfo.processInfo.environment
        return isatty(STDERR_FILENO) == 1 && environment["TERM"] != "dumb"
            && environment["NO_COLOR", default: ""].isEmpty
    }()

    /// The width in columns of the terminal that standard output is; nil for a file or a pipe.
    static var width: Int? {
        guard isatty(STDOUT_FILENO) == 1 else { return nil }
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
