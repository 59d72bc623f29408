import type { WarningKind } from '@hamlet/contract/account-settings'

/** Words that stand in warnings for a kind of thing, as people write them in the languages of the app. */
export const kindWords: Record<WarningKind, string> = {
  food: 'food,meal,eating,diet,essen,nourriture,comida,طعام,食べ物,飯テロ',
  politics: 'pol,politics,political,politik,politique,política,uspol,ukpol,eupol,auspol,canpol,depol,frpol,سياسة,政治',
  spoilers: 'spoiler,spoilers,plot,spoil,حرق,ネタバレ',
  sex: 'nsfw,lewd,nude,nudity,sex,sexual,porn,kink,nackt,nudité,desnudo,nudez,إباحي,エロ,裸',
  violence:
    'violence,violent,gore,blood,war,gun,guns,death,gewalt,krieg,guerre,violencia,guerra,violência,عنف,暴力,戦争',
  health:
    'health,mental health,mh,illness,medical,covid,depression,suicide,self harm,gesundheit,krankheit,santé,salud,saúde,صحة,健康,病気',
  drugs: 'alcohol,drinking,drugs,drug,smoking,weed,alkohol,drogen,alcool,drogue,drogas,álcool,كحول,酒,薬物',
  animals:
    'animals,animal death,spider,spiders,insect,insects,bug,bugs,snake,snakes,spinne,araignée,araña,aranha,عنكبوت,蜘蛛,虫',
  eyes: 'eye contact,eyes,ec,face,selfie,blickkontakt,contact visuel,contacto visual,contato visual,تواصل بصري,視線',
  flashing: 'flashing,flashing lights,flash,strobe,epilepsy,blinken,clignotant,parpadeo,piscando,وميض,点滅',
}
