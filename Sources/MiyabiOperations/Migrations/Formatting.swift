import Foundation

extension Sequence<UInt8> {
    /// Two lower-case hexadecimal digits a byte.
    var hex: String {
        map { byte in
            let digits = String(byte, radix: 16)
            return byte < 16 ? "0" + digits : digits
        }.joined()
    }
}

extension Date {
    /// `2025-11-29T10:30:00.000Z`.
    var iso: String {
        formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
    }
}
