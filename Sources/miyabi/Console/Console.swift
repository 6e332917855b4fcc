import Foundation

/// The terminal: results go to standard output, everything else to standard error.
enum Console {
    /// Writes a line of the result, at once even into a pipe.
    static func result(_ line: String) {
        FileHandle.standardOutput.write(Data((line + "\n").utf8))
    }

    /// Writes a line for the person.
    static func error(_ line: String) {
        FileHandle.standardError.write(Data((line + "\n").utf8))
    }
}
