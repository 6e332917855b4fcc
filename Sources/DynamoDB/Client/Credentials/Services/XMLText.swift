/// The few elements that are read of the service's answers, none of which has attributes or holds others.
enum XMLText {
    static func element(_ name: String, in text: String) -> String? {
        guard let start = text.firstRange(of: "<\(name)>"),
            let end = text[start.upperBound...].firstRange(of: "</\(name)>")
        else { return nil }
        var content = String(text[start.upperBound..<end.lowerBound])
        for (entity, character) in [("lt", "<"), ("gt", ">"), ("quot", "\""), ("apos", "'"), ("amp", "&")] {
            content = content.replacing("&\(entity);", with: character)
        }
        return content
    }
}
