/// An `Authorization` header: the name of an algorithm, and parameters, behind commas or spaces.
///
/// Whoever asks reads it by this, so that a request acts for the caller whose signature was checked. It is read byte by byte:
/// every request comes here, and a character can have many bytes.
struct AuthorizationHeader {
    private let bytes: String.UTF8View

    init(_ text: String) {
        bytes = text.utf8
    }

    var algorithm: Substring.UTF8View { bytes.prefix { !$0.separatesParameters } }

    /// The value of a parameter; nil without one. Of several the first.
    func parameter(_ name: String) -> Substring.UTF8View? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let parameter = rest.prefix { !$0.separatesParameters }
            if parameter.starts(with: name.utf8) {
                let value = parameter.dropFirst(name.utf8.count)
                if value.first == UInt8(ascii: "=") { return value.dropFirst() }
            }
            rest = rest[parameter.endIndex...].dropFirst()
        }
        return nil
    }
}

extension UInt8 {
    fileprivate var separatesParameters: Bool { self == UInt8(ascii: ",") || self == UInt8(ascii: " ") }
}
