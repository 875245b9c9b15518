/**
 * The words names are made of: English, Chinese, Tibetan.
 *
 * Chosen by us from everyday words for nature. Words for nature are also given names in Tibet, so
 * none stands alone: a name here is always a phrase. Tibetan adjectives all end in a vowel, so that
 * the genitive is always འི. Nobody who reads Tibetan has checked this list.
 */
export type Word = readonly [en: string, zh: string, bo: string];

/** What the creature or thing is like. */
export const QUALITIES: readonly Word[] = [
  ["White", "白", "དཀར་པོ"],
  ["Red", "红", "དམར་པོ"],
  ["Yellow", "黄", "སེར་པོ"],
  ["Blue", "蓝", "སྔོན་པོ"],
  ["Green", "绿", "ལྗང་ཁུ"],
  ["Black", "黑", "ནག་པོ"],
  ["Purple", "紫", "སྨུག་པོ"],
  ["Great", "大", "ཆེན་པོ"],
  ["Old", "老", "རྙིང་པ"],
  ["New", "新", "གསར་པ"],
  ["Soft", "柔", "འཇམ་པོ"],
  ["Bright", "亮", "གསལ་པོ"],
  ["Round", "圆", "ཟླུམ་པོ"],
  ["Swift", "快", "མགྱོགས་པོ"],
  ["Quiet", "静", "ཞི་བ"],
  ["Light", "轻", "ཡང་པོ"],
];

/** The creature or thing. */
export const THINGS: readonly Word[] = [
  ["Crane", "鹤", "ཁྲུང་ཁྲུང"],
  ["Eagle", "鹰", "གླག"],
  ["Cuckoo", "杜鹃", "ཁུ་བྱུག"],
  ["Raven", "乌鸦", "བྱ་རོག"],
  ["Yak", "牦牛", "གཡག"],
  ["Deer", "鹿", "ཤྭ་བ"],
  ["Bharal", "岩羊", "གནའ་བ"],
  ["Antelope", "羚羊", "གཙོད"],
  ["Kiang", "野驴", "རྐྱང"],
  ["Horse", "马", "རྟ"],
  ["Hare", "兔", "རི་བོང"],
  ["Fox", "狐", "ཝ་མོ"],
  ["Bee", "蜂", "སྦྲང་མ"],
  ["Butterfly", "蝴蝶", "ཕྱེ་མ་ལེབ"],
  ["Fish", "鱼", "ཉ"],
  ["Bird", "鸟", "བྱ"],
  ["Pine", "松", "ཐང་ཤིང"],
  ["Juniper", "柏", "ཤུག་པ"],
  ["Willow", "柳", "ལྕང་མ"],
  ["Barley", "青稞", "ནས"],
  ["Grass", "草", "རྩྭ"],
  ["Flower", "花", "མེ་ཏོག"],
  ["Leaf", "叶", "ལོ་མ"],
  ["Cloud", "云", "སྤྲིན"],
  ["Wind", "风", "རླུང"],
  ["Snow", "雪", "ཁ་བ"],
  ["Dew", "露", "ཟིལ་པ"],
  ["Rainbow", "彩虹", "འཇའ"],
  ["Stone", "石", "རྡོ"],
  ["Turquoise", "绿松石", "གཡུ"],
  ["Coral", "珊瑚", "བྱུ་རུ"],
  ["Crystal", "水晶", "ཤེལ"],
];

/** What the place is like. */
export const PLACE_QUALITIES: readonly Word[] = [
  ["High", "高", "མཐོན་པོ"],
  ["Long", "长", "རིང་པོ"],
  ["Great", "大", "ཆེན་པོ"],
  ["New", "新", "གསར་པ"],
  ["Old", "古", "རྙིང་པ"],
  ["White", "白", "དཀར་པོ"],
  ["Blue", "蓝", "སྔོན་པོ"],
  ["Cold", "寒", "གྲང་མོ"],
  ["Wide", "宽", "ཡངས་པོ"],
  ["Quiet", "静", "ཞི་བ"],
];

/** Where it is. */
export const PLACES: readonly Word[] = [
  ["Mountain", "山", "རི"],
  ["Lake", "湖", "མཚོ"],
  ["River", "河", "ཆུ་བོ"],
  ["Valley", "谷", "ལུང་པ"],
  ["Plain", "平原", "ཐང"],
  ["Meadow", "草甸", "སྤང"],
  ["Forest", "林", "ནགས་ཚལ"],
  ["Rock", "岩", "བྲག"],
  ["Spring", "泉", "ཆུ་མིག"],
  ["Pass", "山口", "ལ"],
  ["Bridge", "桥", "ཟམ་པ"],
  ["Field", "田", "ཞིང་ཁ"],
  ["Island", "岛", "གླིང"],
  ["Road", "路", "ལམ"],
  ["Ice", "冰", "འཁྱགས་པ"],
  ["Sky", "天空", "ནམ་མཁའ"],
  ["Sand", "沙", "བྱེ་མ"],
  ["Snow Mountain", "雪山", "གངས་རི"],
  ["Grassland", "草原", "རྩྭ་ཐང"],
  ["Cave", "洞", "ཕུག་པ"],
];
